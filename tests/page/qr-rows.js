// Prints the QR code of each text that it reads, a line of JSON each, for a comparison with those of another library.
import { createInterface } from 'node:readline';
import { modulesOf } from '../../wwwroot/js/qr.js';

const rowOf = (modules) => modules.map((isDark) => isDark ? '#' : '.').join('');

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(modulesOf(JSON.parse(line)).map(rowOf)));
