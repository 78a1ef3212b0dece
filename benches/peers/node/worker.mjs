// react-querybuilder's parseSQL: SQL to its query object to JSON. Answers the requests that
// `worker/src/lib.rs` describes.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseSQL } from "@react-querybuilder/core/parseSQL";

const peak = () => {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
};

const read = (text) => {
  try {
    const query = parseSQL(text);
    // What it cannot read it also makes an empty query of.
    return query.rules.length > 0 ? { query } : { error: "makes an empty query of it" };
  } catch (error) {
    return { error: String(error) };
  }
};

const run = (line) => {
  const [, times, wanted, path] = /^run (\d+) (\w+) (.*)$/.exec(line);
  const text = readFileSync(path, "utf8");
  let size = 0;
  const start = process.hrtime.bigint();
  for (let time = 0; time < Number(times); time += 1) {
    const { query, error } = read(text);
    if (query && wanted === "error") return "cannot takes the mistake for none";
    if (error && wanted === "ok") return `cannot ${error.split("\n")[0]}`;
    if (query) size = JSON.stringify(query).length;
  }
  const took = process.hrtime.bigint() - start;
  return `took ${took} ${size} ${peak()}`;
};

createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = line === "peak" ? `took 0 0 ${peak()}` : run(line);
  } catch (error) {
    answer = `cannot ${String(error).split("\n")[0]}`;
  }
  process.stdout.write(`${answer}\n`);
});
