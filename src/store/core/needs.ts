/** The table of what mutations need, for the room that names them. */
export { type MutationName, mutationNeed, needSentence } from "../../policy/rights/needs.ts";
