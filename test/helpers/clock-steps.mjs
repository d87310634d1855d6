// Loaded with --import: the clock of the process is set forward and back all the time, as by a machine that is told another time.
// It stays within the day, which the blocks of a shard begin with.
const DAY = 86_400_000;
const HOUR = 3_600_000;

const Real = Date;
const begin = Math.floor(Real.now() / DAY) * DAY;
let state = Number(process.env.SIEGE_TEST_CLOCK ?? 1);

/** Another time at every look. */
function stepped() {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  const time = Math.floor(Real.now() + (state / 2_147_483_648 - 0.5) * 2 * HOUR);
  return Math.min(begin + DAY - 1, Math.max(begin, time));
}

globalThis.Date = class extends Real {
  constructor(...args) {
    if (args.length === 0) super(stepped());
    else super(...args);
  }

  static now() {
    return stepped();
  }
};
