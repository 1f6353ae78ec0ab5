// Written, asked, confirmed and sent back while the server is down; seen by all when it is there.

import { test } from "@playwright/test";
import { FirstPath } from "./support/story.ts";

test("an activity and its confirmation travel between three phones", async () => {
  const path = await FirstPath.begin();
  try {
    await path.walk();
  } finally {
    await path.end();
  }
});
