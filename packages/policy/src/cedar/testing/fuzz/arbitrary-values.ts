import * as fc from "fast-check"
import type { EntityUid } from "../../../cedar.ts"
import type { EntityInput } from "../../entity-store.ts"
import type { ValueJson } from "../../value-json.ts"
import { ATTRIBUTES, entityUids, longs, type Sort, SPELLINGS, spellings, texts } from "./words.ts"

const DEPTH = { maxDepth: 3, depthSize: "small" } as const

/** A value of each type, in JSON. What is misspelt makes the whole request malformed, so it is rare. */
const { values } = fc.letrec<{ values: ValueJson; records: Record<string, ValueJson> }>((tie) => ({
  values: fc.oneof(
    DEPTH,
    fc.boolean(),
    longs,
    texts,
    entityUids.map((uid) => ({ __entity: uid })),
    ...(["decimal", "ip", "datetime", "duration"] as const).map(extension),
    fc.array(tie("values"), { maxLength: 10 }),
    tie("records"),
  ),
  records: members(tie("values")),
}))

/** Members by name, each mostly of the type that its name is for. */
export function records(): fc.Arbitrary<Record<string, ValueJson>> {
  return members(values)
}

/** An entity whose name is written plainly. */
export interface KnownEntity extends EntityInput {
  readonly uid: EntityUid
}

/** Entities that are in each other without a circle, some of them named and never given. */
export const entities: fc.Arbitrary<readonly KnownEntity[]> = fc
  .uniqueArray(
    fc.record({
      uid: entityUids,
      attrs: records(),
      tags: fc.dictionary(texts, values, { maxKeys: 2 }),
      above: fc.array(entityUids, { maxLength: 3 }),
    }),
    { maxLength: 6, selector: ({ uid }) => spelt(uid) },
  )
  .map((all) =>
    all.map(({ above, ...entity }) => ({
      ...entity,
      parents: above.filter((uid) => mayHold(uid, entity.uid)),
    })),
  )

/** Whatever holds comes later in one order, so that nothing holds itself; and only actions hold actions. */
function mayHold(group: EntityUid, entity: EntityUid): boolean {
  return spelt(group) > spelt(entity) && (!isAction(entity) || isAction(group))
}

function isAction({ type }: EntityUid): boolean {
  return type === "Action" || type.endsWith("::Action")
}

function spelt({ type, id }: EntityUid): string {
  return `${type}\u0001${id}`
}

function members(any: fc.Arbitrary<ValueJson>): fc.Arbitrary<Record<string, ValueJson>> {
  const each = (sort: Sort): fc.Arbitrary<readonly [string, ValueJson]> =>
    fc.tuple(
      fc.constantFrom(...ATTRIBUTES[sort]),
      fc.oneof({ weight: 9, arbitrary: ofSort(sort, any) }, { weight: 1, arbitrary: any }),
    )
  const sorts = Object.keys(ATTRIBUTES).filter(isSort)
  return fc
    .subarray(sorts, { minLength: 5 })
    .chain((chosen) => fc.tuple(...chosen.map(each)).map((all) => Object.fromEntries(all)))
}

function isSort(name: string): name is Sort {
  return name in ATTRIBUTES
}

function ofSort(sort: Sort, any: fc.Arbitrary<ValueJson>): fc.Arbitrary<ValueJson> {
  const sorts: Readonly<Record<Sort, fc.Arbitrary<ValueJson>>> = {
    bool: fc.boolean(),
    long: longs,
    text: texts,
    entity: entityUids.map((uid) => ({ __entity: uid })),
    set: fc.array(any, { maxLength: 10 }),
    record: fc.record({ flag: fc.boolean(), count: longs, name: texts, inner: any }, { requiredKeys: [] }),
    decimal: extension("decimal"),
    ip: extension("ip"),
    datetime: extension("datetime"),
    duration: extension("duration"),
  }
  return sorts[sort]
}

function extension(type: keyof typeof SPELLINGS): fc.Arbitrary<ValueJson> {
  const sound = fc.constantFrom(...SPELLINGS[type])
  return fc
    .oneof({ weight: 60, arbitrary: sound }, { weight: 1, arbitrary: spellings(type) })
    .map((arg) => ({ __extn: { fn: type, arg } }))
}
