/** The table of what mutations need, for the room that names them. */
export {
  type MutationName,
  mutationNeed,
  needSentence,
  type ShowingToken,
} from "../../policy/rights/needs.ts";
