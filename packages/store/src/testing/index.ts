export { openTemporarySqlite, type TemporaryStore } from "./temporary-sqlite.ts"
