// A QR code (ISO/IEC 18004), by hand: nothing is bundled or fetched, and a link needs but bytes at one level, M.

// For versions 1 to 15: into how many blocks the data is divided, and how many codewords correct each.
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];
const CORRECTIONS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];

// From the centre outwards, dark or not.
const FINDER = [true, true, false, true, false];
const ALIGNMENT = [true, false, true];

// Where the format is written along a finder, clear of the timing pattern.
const FORMAT = [0, 1, 2, 3, 4, 5, 7, 8];

const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => x * y % 2 + x * y % 3,
  (x, y) => (x * y % 2 + x * y % 3) % 2,
  (x, y) => ((x + y) % 2 + x * y % 3) % 2,
];

// Rows of booleans, true is dark, without the quiet zone around them; null if the text is too long.
export function modulesOf(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= BLOCKS.length; version++) {
    const patterns = patternsOf(version);
    const places = freePlaces(patterns);
    const [blocks, corrections] = [BLOCKS[version - 1], CORRECTIONS[version - 1]];
    const data = dataOf(bytes, version, (places.length >> 3) - blocks * corrections);
    if (data) return withBestMask(patterns, places, interleaved(data, blocks, corrections));
  }
  return null;
}

// Mode and length take half a byte more than whole bytes, so does what ends the data: hence hexadecimal digits.
function dataOf(bytes, version, capacity) {
  const hex = (number, digits) => number.toString(16).padStart(digits, '0');
  const digits = `4${hex(bytes.length, version < 10 ? 2 : 4)}${Array.from(bytes, (byte) => hex(byte, 2)).join('')}0`;
  if (digits.length > 2 * capacity) return null;
  return digits.padEnd(2 * capacity, 'ec11').match(/../g).map((pair) => parseInt(pair, 16));
}

// The last blocks are one longer where the data cannot be divided evenly.
function interleaved(data, count, corrections) {
  const length = Math.floor(data.length / count);
  const shorter = count - data.length % count;
  const startOf = (i) => i * length + Math.max(0, i - shorter);
  const blocks = Array.from({ length: count }, (_, i) => data.slice(startOf(i), startOf(i + 1)));
  const checks = blocks.map((block) => remainderOf(block, corrections));
  const inTurn = (lists) => lists.at(-1).flatMap((_, i) => lists.flatMap((list) => list[i] ?? []));
  return [...inTurn(blocks), ...inTurn(checks)];
}

// Reed-Solomon: what is left of the data divided by the product of (x - 2^i).
function remainderOf(data, degree) {
  let divisor = [1];
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2))
    divisor = [...divisor, 0].map((factor, j) => factor ^ times(divisor[j - 1] ?? 0, root));
  const rest = [...data, ...Array(degree).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i];
    divisor.forEach((other, j) => { rest[i + j] ^= times(other, factor); });
  }
  return rest.slice(data.length);
}

// In the field of 256 numbers, modulo x^8 + x^4 + x^3 + x^2 + 1.
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = product << 1 ^ (product >> 7) * 0x11d ^ (isSet(b, bit) ? a : 0);
  return product;
}

// What is the same whatever the text; undefined elsewhere.
function patternsOf(version) {
  const size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => Array(size).fill(undefined));
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) drawRings(grid, x, y, FINDER);
  const centres = alignmentsOf(version, size);
  for (const y of centres) for (const x of centres) if (grid[y][x] === undefined) drawRings(grid, x, y, ALIGNMENT);
  for (let i = 8; i < size - 8; i++) grid[6][i] = grid[i][6] = i % 2 === 0;
  if (version >= 7) drawVersion(grid, version);
  drawFormat(grid, 0);
  return grid;
}

function drawRings(grid, centreX, centreY, rings) {
  for (const [y, row] of grid.entries())
    for (const x of row.keys()) {
      const ring = Math.max(Math.abs(x - centreX), Math.abs(y - centreY));
      if (ring < rings.length) row[x] = rings[ring];
    }
}

// Evenly apart from the far end, and one on the timing pattern.
function alignmentsOf(version, size) {
  if (version === 1) return [];
  const between = Math.floor(version / 7) + 1;
  const step = 2 * Math.ceil((size - 13) / (2 * between));
  return [6, ...Array.from({ length: between }, (_, i) => size - 7 - i * step)];
}

function drawVersion(grid, version) {
  const written = withChecks(version, 0x1f25);
  for (let bit = 0; bit < 18; bit++) {
    const [near, far] = [Math.floor(bit / 3), grid.length - 11 + bit % 3];
    grid[near][far] = grid[far][near] = isSet(written, bit);
  }
}

// The number of level M is 0.
function drawFormat(grid, mask) {
  const written = withChecks(mask, 0x537) ^ 0x5412;
  const last = grid.length - 1;
  FORMAT.forEach((place, i) => {
    grid[place][8] = grid[8][last - i] = isSet(written, i);
    grid[8][place] = grid[last - i][8] = isSet(written, 14 - i);
  });
  grid[last - 7][8] = true;
}

// Followed by the remainder of its division.
function withChecks(value, divisor) {
  const degree = 31 - Math.clz32(divisor);
  let rest = value << degree;
  while (rest >> degree) rest ^= divisor << Math.clz32(divisor) - Math.clz32(rest);
  return value << degree | rest;
}

// In pairs of columns from the right, upwards and downwards in turn.
function freePlaces(grid) {
  const places = [];
  const last = grid.length - 1;
  for (let right = last, upwards = true; right > 0; right -= 2, upwards = !upwards) {
    if (right === 6) right = 5;
    for (let i = 0; i <= last; i++) {
      const y = upwards ? last - i : i;
      for (const x of [right, right - 1]) if (grid[y][x] === undefined) places.push([x, y]);
    }
  }
  return places;
}

function withBestMask(patterns, places, codewords) {
  const masked = MASKS.map((mask, number) => {
    const grid = patterns.map((row) => [...row]);
    for (const [i, [x, y]] of places.entries())
      grid[y][x] = isSet(codewords[i >> 3], 7 - i % 8) !== (mask(x, y) === 0);
    drawFormat(grid, number);
    return { grid, penalty: penaltyOf(grid) };
  });
  return masked.reduce((best, next) => next.penalty < best.penalty ? next : best).grid;
}

function penaltyOf(grid) {
  const rows = grid.map((row) => row.map(Number).join(''));
  const columns = grid.map((_, x) => rows.map((row) => row[x]).join(''));
  let penalty = 0;
  for (const line of [...rows, ...columns]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;      // like a finder
  }
  for (let y = 1; y < rows.length; y++)
    for (let x = 1; x < rows.length; x++)
      if (/0000|1111/.test(rows[y - 1].slice(x - 1, x + 1) + rows[y].slice(x - 1, x + 1))) penalty += 3;
  const darkPercent = 100 * grid.flat().filter(Boolean).length / grid.length ** 2;
  return penalty + 10 * Math.floor(Math.abs(darkPercent - 50) / 5);
}

const isSet = (number, bit) => (number >> bit & 1) === 1;
