//! Money: minor units and an ISO 4217 currency, never a fraction.

/// An ISO 4217 alphabetic currency code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// The code, if it is three capital letters that ISO 4217 lists.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code)?;
        <[u8; 3]>::try_from(code.as_bytes()).ok().map(Self)
    }

    /// How many decimal places its minor unit has: 2 for the euro, none for the yen.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        let listed = iso_currency::Currency::from_code(self.as_str());
        listed
            .and_then(iso_currency::Currency::exponent)
            .unwrap_or(0)
            .into()
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount in the minor unit of its currency: 1,050.00 EUR is 105000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Amount in minor units.
    pub amount_minor: i64,
    /// Currency of the amount.
    pub currency: CurrencyCode,
}
