//! Names as they are met in each country of return. Each is common; together they name nobody in particular.

use super::dice::Dice;
use crate::domain::person::Sex;

/// Names of one country, each list separated by commas.
struct Names {
    family: &'static str,
    men: &'static str,
    women: &'static str,
}

/// A family name of a country.
pub(super) fn family_name(state: &str, dice: &mut Dice) -> &'static str {
    one_of(of(state).family, dice)
}

/// A given name of a country, for a sex.
pub(super) fn given_name(state: &str, sex: Sex, dice: &mut Dice) -> &'static str {
    one_of(
        if sex == Sex::Female {
            of(state).women
        } else {
            of(state).men
        },
        dice,
    )
}

fn one_of(names: &'static str, dice: &mut Dice) -> &'static str {
    let names: Vec<_> = names.split(", ").collect();
    dice.pick::<&str>(&names)
}

fn of(state: &str) -> &'static Names {
    match state {
        "IRQ" => &IRAQ,
        "AFG" => &AFGHANISTAN,
        "PAK" => &PAKISTAN,
        "DZA" => &ALGERIA,
        "TUN" => &TUNISIA,
        "BGD" => &BANGLADESH,
        "IND" => &INDIA,
        "IRN" => &IRAN,
        _ => &TURKIYE,
    }
}

const IRAQ: Names = Names {
    family: "Al-Obaidi, Al-Jubouri, Al-Saadi, Al-Tamimi, Al-Dulaimi, Al-Khafaji, Al-Maliki, Al-Rubaie, \
        Al-Shammari, Hassan, Jassim, Kadhim, Mahmood, Salman",
    men: "Ahmed, Ali, Ammar, Anmar, Haider, Hussein, Jaafar, Laith, Mustafa, Omar, Raad, Saif, \
        Sajjad, Yasir, Zaid",
    women: "Amal, Dunya, Fatima, Hanan, Maryam, Noor, Rana, Saja, Shahad, Zahraa, Zainab",
};

const AFGHANISTAN: Names = Names {
    family: "Ahmadi, Akbari, Amiri, Azizi, Barakzai, Haidari, Hakimi, Hashimi, Karimi, Nazari, Noori, \
        Rahimi, Rezai, Sadat, Sharifi",
    men: "Abdullah, Ahmad, Aziz, Farid, Hamid, Idris, Jawad, Khalid, Mirwais, Najib, Omid, Reza, \
        Samim, Tariq, Zabihullah",
    women: "Arezo, Farzana, Freshta, Laila, Marwa, Nargis, Parwin, Roya, Shabnam, Sima, Zohra",
};

const PAKISTAN: Names = Names {
    family: "Abbasi, Ahmed, Akhtar, Ali, Aslam, Butt, Chaudhry, Hussain, Iqbal, Javed, Khan, Malik, \
        Mirza, Qureshi, Shah",
    men: "Adeel, Ahsan, Asad, Bilal, Faisal, Hamza, Imran, Kashif, Nadeem, Rizwan, Saad, Shahzad, \
        Usman, Waqas, Zeeshan",
    women: "Aisha, Amna, Ayesha, Bushra, Hina, Iqra, Khadija, Nadia, Rabia, Sadia, Sana",
};

const ALGERIA: Names = Names {
    family: "Belkacem, Benali, Benaissa, Benchikh, Bouaziz, Boudiaf, Bouzid, Brahimi, Cherif, Djebbar, \
        Hamdi, Kaci, Mansouri, Saidi, Zerrouki",
    men: "Abdelkader, Amine, Anis, Ayoub, Bilal, Farouk, Hichem, Karim, Lotfi, Mehdi, Mourad, Nabil, \
        Oussama, Riad, Yacine",
    women: "Amina, Assia, Fatiha, Imane, Karima, Lamia, Meriem, Nadia, Samira, Sarah, Yasmine",
};

const TUNISIA: Names = Names {
    family: "Ayari, Ben Amor, Ben Salah, Bouazizi, Chebbi, Ferchichi, Gharbi, Hammami, Jaziri, Jebali, \
        Khelifi, Mejri, Riahi, Trabelsi, Zouari",
    men: "Achraf, Aymen, Bassem, Chokri, Fares, Ghaith, Hamdi, Iheb, Khaled, Marwen, Montassar, \
        Nizar, Seif, Skander, Wassim",
    women: "Amel, Asma, Chaima, Emna, Hajer, Ines, Mariem, Nour, Olfa, Rim, Sonia",
};

const BANGLADESH: Names = Names {
    family: "Ahmed, Akter, Alam, Ali, Chowdhury, Das, Hasan, Hossain, Islam, Khan, Mia, Rahman, Sarker, \
        Sheikh, Uddin",
    men: "Arif, Faruk, Habib, Jahid, Kamal, Liton, Mamun, Nasir, Rafiq, Rakib, Sajib, Shahin, Sohel, \
        Tanvir, Zahid",
    women: "Farhana, Jannat, Maliha, Moushumi, Nasrin, Nusrat, Rokeya, Ruma, Salma, Shirin, Taslima",
};

const INDIA: Names = Names {
    family: "Bains, Chauhan, Das, Gill, Joshi, Kumar, Mehta, Nair, Patel, Rao, Sandhu, Sharma, Singh, \
        Thakur, Verma",
    men: "Ajay, Amit, Arjun, Deepak, Gurpreet, Harjit, Karan, Manoj, Nitin, Rahul, Rajesh, Sandeep, \
        Sunil, Vijay, Vikram",
    women: "Anita, Asha, Divya, Kavita, Manpreet, Meena, Neha, Pooja, Priya, Simran, Sunita",
};

const IRAN: Names = Names {
    family: "Abbasi, Ahmadi, Azizi, Bahrami, Ebrahimi, Ghasemi, Hosseini, Jafari, Karimi, Kazemi, \
        Moradi, Mousavi, Rostami, Sadeghi, Soltani",
    men: "Alireza, Amir, Arash, Behzad, Dariush, Ehsan, Farhad, Hamed, Javad, Kaveh, Mehran, Milad, \
        Reza, Saeed, Siamak",
    women: "Azadeh, Elham, Fereshteh, Leila, Mahsa, Maryam, Nasrin, Negar, Parisa, Shirin, Zahra",
};

const TURKIYE: Names = Names {
    family: "Acar, Arslan, Aydın, Bulut, Çelik, Demir, Doğan, Kaya, Kılıç, Koç, Öztürk, Polat, Şahin, \
        Yıldız, Yılmaz",
    men: "Ahmet, Ali, Burak, Cem, Emre, Fatih, Hakan, Kemal, Mehmet, Murat, Mustafa, Onur, Serkan, \
        Umut, Yusuf",
    women: "Ayşe, Derya, Elif, Emine, Esra, Gül, Hatice, Merve, Nuray, Sevgi, Zeynep",
};
