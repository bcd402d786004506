import { GraphQLError } from "graphql";
import { GraphQLDateTimeISO, GraphQLJSON } from "graphql-scalars";
import { isCalendarDate, parseInstant } from "../../kernel/calendar.ts";
import { builder } from "./builder.ts";

builder.scalarType("DateTime", {
  description:
    "An instant with its offset, as ISO 8601 text: `2027-01-01T00:00:00.000Z`. Answers are in UTC.",
  serialize: (instant) => GraphQLDateTimeISO.serialize(instant),
  // The library takes instants that have no such text in UTC, such as those of the year 10000.
  parseValue: (input) => {
    const instant = typeof input === "string" ? parseInstant(input) : null;
    if (instant === null)
      throw new GraphQLError("Expected an instant with its offset, such as 2027-01-01T00:00:00Z.");
    return new Date(instant);
  },
});

builder.scalarType("Date", {
  description: "A day of the calendar, `YYYY-MM-DD`, without a time or a zone.",
  serialize: (day) => day,
  parseValue: (input) => {
    if (typeof input === "string" && isCalendarDate(input)) return input;
    throw new GraphQLError("Expected a day that exists, such as 2027-01-31.");
  },
});

builder.addScalarType("JSON", GraphQLJSON, {
  description: "Any JSON value. The field or argument that has it says its shape.",
});
