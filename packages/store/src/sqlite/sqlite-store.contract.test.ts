import { after, before, describe } from "node:test"
import { wholeStoreContract } from "@tabard/control/contracts"
import { openTemporarySqlite, type TemporaryStore } from "../testing/temporary-sqlite.ts"

describe("SQLite", () => {
  let opened: TemporaryStore
  before(async () => {
    opened = await openTemporarySqlite()
  })
  after(() => opened[Symbol.asyncDispose]())

  wholeStoreContract("SQLite", () => opened.store)
})
