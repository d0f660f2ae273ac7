import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import type { TileStore } from "./tile-store.ts"

const PATH = "tile/0/x001/067.p/12"

/** What every TileStore promises. `open` gives a new, empty store. */
export function tileStoreContract(name: string, open: () => Promise<TileStore>): void {
  describe(`tiles kept in ${name}`, () => {
    it("answers undefined where nothing is kept", async () => {
      const store = await open()

      assert.equal(await store.read(PATH), undefined)
      assert.equal(await store.readCheckpoint(), undefined)
      assert.deepEqual(await listed(store), [])
    })

    it("answers the bytes that were written, also the same bytes written again", async () => {
      const store = await open()
      await store.write(PATH, bytes("one"))
      await store.write(PATH, bytes("one"))

      assert.deepEqual(await store.read(PATH), bytes("one"))
    })

    it("refuses other bytes under a path that is taken, and keeps the first", async () => {
      const store = await open()
      await store.write(PATH, bytes("one"))

      await assert.rejects(store.write(PATH, bytes("two")), TamperedLog)
      assert.deepEqual(await store.read(PATH), bytes("one"))
    })

    it("lets exactly one of many writers that differ win", async () => {
      const store = await open()
      const writers = Array.from({ length: 20 }, (_, writer) => store.write(PATH, bytes(`writer ${writer}`)))
      const won = (await Promise.allSettled(writers)).map(({ status }) => status === "fulfilled")

      assert.equal(won.filter(Boolean).length, 1)
      assert.deepEqual(await store.read(PATH), bytes(`writer ${won.indexOf(true)}`))
    })

    it("refuses a path that is not a tile's", async () => {
      const store = await open()
      for (const path of ["checkpoint", "tile/../../key", "tile/0/1", "/tile/0/000", ""]) {
        await assert.rejects(store.write(path, bytes("one")), MalformedRecord, path)
      }
      assert.deepEqual(await listed(store), [])
    })

    it("keeps what it was given, not what became of it", async () => {
      const store = await open()
      const given = bytes("one")
      await store.write(PATH, given)
      given.fill(0)
      ;(await store.read(PATH))?.fill(0)

      assert.deepEqual(await store.read(PATH), bytes("one"))
    })

    it("puts a checkpoint in the place of the last", async () => {
      const store = await open()
      await store.writeCheckpoint(bytes("first"))
      await store.writeCheckpoint(bytes("second"))

      assert.deepEqual(await store.readCheckpoint(), bytes("second"))
    })

    it("keeps a minimum index, 0 at first, and never lowers it", async () => {
      const store = await open()
      const said = [await store.readMinimumIndex()]
      for (const index of [512, 256, 70_144]) {
        await store.writeMinimumIndex(index)
        said.push(await store.readMinimumIndex())
      }

      assert.deepEqual(said, [0, 512, 512, 70_144])
    })

    it("takes a tile away with its partial tiles, and no other", async () => {
      const store = await open()
      const others = [
        "tile/0/001",
        "tile/0/x001/000",
        "tile/0/x001/000.p/3",
        "tile/1/000",
        "tile/entries/000",
      ]
      const taken = ["tile/0/000", "tile/0/000.p/1", "tile/0/000.p/255"]
      for (const path of [...others, ...taken]) await store.write(path, bytes(path))
      await store.remove("tile/0/000")
      await store.remove("tile/0/000")
      await store.remove("tile/0/x001/000.p/3")
      await assert.rejects(store.remove("checkpoint"), MalformedRecord)

      assert.deepEqual(
        (await listed(store)).toSorted(),
        others.filter((path) => !path.endsWith("/3")),
      )
      assert.equal(await store.read("tile/0/000.p/1"), undefined)
    })

    it("takes the partial tiles of a full one away, which stays, and can be written again", async () => {
      const store = await open()
      const others = ["tile/0/000", "tile/0/001.p/3", "tile/1/000.p/1"]
      const taken = ["tile/0/000.p/1", "tile/0/000.p/255"]
      for (const path of [...others, ...taken]) await store.write(path, bytes(path))
      await store.removePartials("tile/0/000")
      await store.removePartials("tile/0/000")
      for (const path of ["tile/0/001.p/3", "checkpoint"]) {
        await assert.rejects(store.removePartials(path), MalformedRecord)
      }

      assert.deepEqual((await listed(store)).toSorted(), others)
      await store.write("tile/0/000.p/1", bytes("again"))
      assert.deepEqual(await store.read("tile/0/000.p/1"), bytes("again"))
    })

    it("names every tile and bundle, and nothing else of its own", async () => {
      const store = await open()
      await store.write(PATH, bytes("tile"))
      await store.write("tile/entries/000", bytes("bundle"))
      await store.writeCheckpoint(bytes("checkpoint"))

      assert.deepEqual((await listed(store)).toSorted(), [PATH, "tile/entries/000"])
    })
  })
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Answers all that a store lists. */
export async function listed(store: TileStore): Promise<readonly string[]> {
  const paths: string[] = []
  for await (const path of store.list()) paths.push(path)
  return paths
}
