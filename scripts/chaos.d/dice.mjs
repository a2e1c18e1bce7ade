// Chance that can be had again: mulberry32, from a seed.

export function dice(seed) {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least, most) => least + roll() * (most - least);
  const one = (of) => of[Math.floor(roll() * of.length)];
  // As a bag is emptied: all of them come before one comes again.
  function bag(of) {
    let left = [];
    return () => {
      if (left.length === 0) left = [...of];
      return left.splice(Math.floor(roll() * left.length), 1)[0];
    };
  }
  return { roll, between, one, bag };
}
