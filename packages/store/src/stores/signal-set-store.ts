import type { OutgoingSet, SignalSetStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { boundedLimit, fromJson, fromTime, inWrites, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SignalSetRow } from "../tables/signals.ts"

/** Keeps signals on their way in `signal_set`; the number that each arrives under is their order. */
export function signalSetStore({ db, organisation }: Scope): SignalSetStore {
  const own = (stream: Id<"signalStream">) =>
    db.selectFrom("signal_set").where("organisation", "=", organisation).where("stream", "=", stream)
  const dropped = (stream: Id<"signalStream">) =>
    db.deleteFrom("signal_set").where("organisation", "=", organisation).where("stream", "=", stream)
  const askFor = async (
    stream: Id<"signalStream">,
    control: boolean,
    limit: number,
  ): Promise<OutgoingSet[]> => {
    const rows = await own(stream)
      .selectAll()
      .where("control", "=", control ? 1 : 0)
      .orderBy("number")
      .limit(boundedLimit(limit))
      .execute()
    return rows.map(fromRow)
  }
  return {
    addAll: (sets) =>
      inWrites(sets, (portion) =>
        db
          .insertInto("signal_set")
          .values(portion.map((set) => ({ organisation, ...toRow(set) })))
          .execute(),
      ),

    async waiting(stream, { limit, control }) {
      // Asked for apart: in one question the index would give them in neither order.
      const first = control === false ? [] : await askFor(stream, true, limit)
      const left = boundedLimit(limit) - first.length
      if (control === true || left === 0) return first
      return [...first, ...(await askFor(stream, false, left))]
    },

    async countWaiting(stream) {
      const { many } = await own(stream)
        .select(({ fn }) => fn.countAll<number>().as("many"))
        .executeTakeFirstOrThrow()
      return many
    },

    async drop(stream, jtis) {
      let many = 0
      for (const jti of jtis) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no id of ours is no row's
        const { numDeletedRows } = await dropped(stream)
          .where("jti", "=", jti as Id<"signal">)
          .executeTakeFirstOrThrow()
        many += Number(numDeletedRows)
      }
      return many
    },

    async clear(stream) {
      const { numDeletedRows } = await dropped(stream).where("control", "=", 0).executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function toRow(set: OutgoingSet): Omit<SignalSetRow, "organisation" | "number"> {
  const { jti, stream, claims, control, madeAt } = set
  return { jti, stream, claims: toJson(claims), control: control ? 1 : 0, made_at: toTime(madeAt) }
}

type KeptSet = Pick<SignalSetRow, "jti" | "stream" | "claims" | "control" | "made_at">

function fromRow({ jti, stream, claims, control, made_at }: KeptSet): OutgoingSet {
  return { jti, stream, claims: fromJson(claims), control: control === 1, madeAt: fromTime(made_at) }
}
