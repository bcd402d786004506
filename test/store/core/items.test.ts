import { expect, test } from "vitest";
import { InvalidInput } from "../../../src/kernel/fault.ts";
import { eachInTurn } from "../../../src/store/core/items.ts";
import { NO_REQUEST } from "../../../src/store/core/request.ts";
import { turnsOf } from "../../../src/store/core/turns.ts";
import type { Viewer } from "../../../src/store/core/viewer.ts";

test("EN-32 AP-07 a list in memory is gone through in its order, and before each item others have a turn", async () => {
  const viewer = { request: { ...NO_REQUEST } } as Viewer;
  const happened: string[] = [];
  turnsOf(viewer).taken = async () => {
    happened.push("turn");
  };
  const fault = new InvalidInput("input.items.1", "Refused before.");
  const gone = await eachInTurn(
    viewer,
    [{ read: "a" }, { fault }, { read: "b" }, { read: "c" }],
    (read, place) => {
      happened.push(`${read} at ${place}`);
      if (read === "b") throw new InvalidInput(place, "Refused now.");
      return read.toUpperCase();
    },
  );
  expect(happened).toEqual([
    "turn",
    "a at input.items.0",
    "turn",
    "turn",
    "b at input.items.2",
    "turn",
    "c at input.items.3",
  ]);
  expect(gone.map((item) => ("fault" in item ? item.fault.message : item.read))).toEqual([
    "A",
    "Refused before.",
    "Refused now.",
    "C",
  ]);
});
