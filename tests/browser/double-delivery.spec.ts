// The same path over a line that delivers every request twice and loses the answer of every third.

import { expect, test } from "@playwright/test";
import { BadLine } from "./support/proxy.ts";
import { FirstPath } from "./support/story.ts";

test("a line that repeats and forgets neither loses nor doubles anything", async () => {
  const line = await BadLine.listen();
  line.faults = { twice: true, loseEvery: 3 };
  const path = await FirstPath.begin(line);
  try {
    await path.walk();
    expect(line.seen.twice).toBeGreaterThan(0);
    expect(line.seen.lost).toBeGreaterThan(0);
  } finally {
    await path.end();
    await line.close();
  }
});
