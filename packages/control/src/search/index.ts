export { type Asked, type Found, findEverywhere, type SearchReads } from "./find-everywhere.ts"
export { indexInventory, isIndexDue } from "./index-inventory.ts"
export type {
  IndexedKind,
  IndexProgress,
  NamedKind,
  SearchEntry,
  SearchStore,
  WordQuery,
} from "./search-store.ts"
