import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { IssuingPath, Parts, Prepared } from "./issuing-path.ts"
import { type IssuingWorld, startIssuingWorld } from "./issuing-world.ts"
import { CAUSES } from "./revocation-causes.ts"

/** Holds each way to every cause: what it gave while its agent stood it refuses afterwards, or says why it need not. */
export function holdPaths(paths: Readonly<Record<string, IssuingPath>>): void {
  let world: IssuingWorld
  before(async () => {
    world = await startIssuingWorld()
  })
  after(() => world[Symbol.asyncDispose]())

  for (const [name, path] of Object.entries(paths)) {
    // Calls are counted at the server behind, so one is made at a time.
    describe(name, { concurrency: name.startsWith("a call") ? 1 : 8 }, () => {
      it(`is given to an agent that stands${lackWords(path)}`, async () => {
        const prepared = await path.prepare(world)
        const stands = [...Object.keys(prepared.parts), ...Object.keys(path.lacks)]
        assert.deepEqual(stands.toSorted(), [...PARTS].toSorted(), "each part is there, or is said not to be")
        assert.equal(await prepared.ask(), "given")
      })

      for (const [cause, { takes, happens }] of CAUSES) {
        const lacking = takes && path.lacks[takes]
        const why = path.heedsNot[cause]
        if (lacking) continue
        it(`is ${why ? `given (${why})` : "refused"} once ${cause}`, async () => {
          const prepared = await path.prepare(world)
          const ran = await world.upstream.ran()
          await happens(world, prepared)
          await assertAnswered(prepared, why)
          if (!why) assert.deepEqual(await world.upstream.ran(), ran, "nothing reached the server behind")
        })
      }
    })
  }
}

const PARTS: readonly (keyof Parts)[] = ["task", "key", "delegation", "rule", "client", "served", "parent"]

async function assertAnswered({ ask }: Prepared, why: string | undefined): Promise<void> {
  const answer = await ask()
  if (why) assert.equal(answer, "given")
  else assert.notEqual(answer, "given")
}

/** What does not concern it, and why. */
function lackWords({ lacks }: IssuingPath): string {
  const causes = CAUSES.flatMap(([cause, { takes }]) => {
    const lacking = takes && lacks[takes]
    return lacking ? [`${cause} (${lacking})`] : []
  })
  return causes.length > 0 ? `; of no concern to it: ${causes.join(", ")}` : ""
}
