// One line for each thing that happens. References and numbers are said; names, dates of birth and tokens never are.

export function say(...words: (string | number)[]): void {
  process.stdout.write(`${new Date().toISOString()} ${words.filter((word) => word !== "").join(" ")}\n`);
}
