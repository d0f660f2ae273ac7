import { after, before, describe } from "node:test"
import { wholeStoreContract } from "@tabard/control/contracts"
import {
  openTemporaryPostgres,
  type PostgresCluster,
  postgresMissing,
  startPostgresCluster,
  type TemporaryPostgres,
} from "../testing/postgres-cluster.ts"

describe("PostgreSQL", { skip: postgresMissing() }, () => {
  let cluster: PostgresCluster
  let opened: TemporaryPostgres
  before(async () => {
    cluster = await startPostgresCluster()
    opened = await openTemporaryPostgres(cluster)
  })
  after(async () => {
    await opened[Symbol.asyncDispose]()
    await cluster[Symbol.asyncDispose]()
  })

  wholeStoreContract("PostgreSQL", () => opened.store)
})
