import { GraphQLDateTimeISO, GraphQLJSON } from "graphql-scalars";
import { builder } from "./builder.ts";

builder.addScalarType("DateTime", GraphQLDateTimeISO, {
  description:
    "An instant with its offset, as ISO 8601 text: `2027-01-01T00:00:00.000Z`. Answers are in UTC.",
});

builder.addScalarType("JSON", GraphQLJSON, {
  description: "Any JSON value. The field or argument that has it says its shape.",
});
