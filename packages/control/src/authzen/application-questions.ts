/** What is asked of an application and answered by it: the edges put it on the wire, and ask nothing else of policies. */
export {
  type ApplicationQuestion,
  type AskedEntity,
  compileApplication,
  evaluateApplication,
  judgedTwice,
  OBLIGATION_TYPES,
  type Obligation,
  type Sought,
  searchApplication,
} from "@tabard/policy"
