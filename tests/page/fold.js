// Folds what a page receives and prints the messages that it then shows, a line of JSON each: for the property that
// compares them with what the server keeps.
import { createInterface } from 'node:readline';
import { foldedMessages, next, start } from './support.js';

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(foldedMessages(next(start(), ...JSON.parse(line)))));
