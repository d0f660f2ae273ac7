export {
  openTemporaryPostgres,
  type PostgresCluster,
  postgresMissing,
  startPostgresCluster,
  type TemporaryPostgres,
} from "./postgres-cluster.ts"
export { openTemporarySqlite, type TemporaryStore } from "./temporary-sqlite.ts"
