export type { NamedChange } from "./changed-nodes.ts"
export {
  declareReach,
  type ReachWish,
  type SeenPlace,
  withdrawReach,
} from "./declare-reach.ts"
export { type AskedAct, assertGoverned, governedShelf } from "./governed-shelf.ts"
export { isGoverning } from "./governing-token.ts"
export {
  type GovernmentEdge,
  GovernmentGraph,
  type GovernmentPath,
  type GovernmentRelation,
} from "./government-graph.ts"
export {
  type CommandLine,
  commandLineOf,
  GOVERNING_PLACES,
  type GoverningPlace,
  type GovernmentNode,
  type Hand,
  isGoverningPlace,
} from "./government-node.ts"
export { type Government, type Governor, governorsOf } from "./governors-of.ts"
export { type KeptPlace, keptKindOf, repositoryIn } from "./kept-place.ts"
export { type NamingReads, nodeNames } from "./node-names.ts"
export { type NameOf, pathInWords, wordsFor } from "./path-in-words.ts"
export type { Reach, ReachStore } from "./reach-store.ts"
