import { type Code, type Compile, type Evaluation, folded, type Run, truth } from "../code.ts"
import type { StoredEntity } from "../entity-store.ts"
import { EvaluationError, wrongType } from "../evaluation-error.ts"
import { MalformedCedar } from "../malformed-cedar.ts"
import { asEntity, asString, CedarRecord, type CedarValue, EntityRef, typeName } from "../values.ts"
import { lookup, member, textMember } from "./parts.ts"

/** Attributes of records and entities, and tags of entities. */
export const MEMBERS: readonly (readonly [string, Compile])[] = [
  [".", (body, compile) => attribute(compile(member(body, "left")), textMember(body, "attr"))],
  ["has", (body, compile) => presence(compile(member(body, "left")), pathOf(member(body, "attr")))],
  [
    "hasTag",
    lookup((entity, tag) =>
      truth((given) => {
        const [ref, name] = [asEntity(entity(given)), asString(tag(given))]
        return given.entities.find(ref)?.tags.has(name) ?? false
      }),
    ),
  ],
  [
    "getTag",
    lookup((entity, tag) => ({
      run: (given) => {
        const [ref, name] = [asEntity(entity(given)), asString(tag(given))]
        return known(given, ref).tags.get(name) ?? absent(`the tag ${JSON.stringify(name)}`)
      },
    })),
  ],
]

/** Attributes of attributes are read in one go. */
function attribute(of: Code, name: string): Code {
  const start = of.path?.start ?? of.run
  const names = [...(of.path?.names ?? []), name]
  const code = { run: read(start, names), path: { start, names } }
  return of.constant instanceof CedarRecord ? folded([of], code) : code
}

function read(start: Run, names: readonly string[]): Run {
  return (given) => {
    let at = start(given)
    for (const name of names) {
      at = attributesOf(at, given).get(name) ?? absent(`the attribute ${JSON.stringify(name)}`)
    }
    return at
  }
}

function attributesOf(of: CedarValue, given: Evaluation): ReadonlyMap<string, CedarValue> {
  if (of instanceof CedarRecord) return of.members
  if (of instanceof EntityRef) return known(given, of).attrs
  return wrongType("a record or an entity", typeName(of))
}

/** Answers whether a path of attributes is there; what is beyond an absent one is not looked at. */
function presence(of: Code, path: readonly string[]): Code {
  const { run } = of
  return truth((given) => {
    let at: CedarValue | undefined = run(given)
    for (const name of path) {
      at = membersIfKnown(at, given)?.get(name)
      if (at === undefined) return false
    }
    return true
  })
}

function membersIfKnown(of: CedarValue, given: Evaluation): ReadonlyMap<string, CedarValue> | undefined {
  if (of instanceof CedarRecord) return of.members
  if (of instanceof EntityRef) return given.entities.find(of)?.attrs
  return wrongType("a record or an entity", typeName(of))
}

function pathOf(attr: unknown): readonly string[] {
  const path: readonly unknown[] = Array.isArray(attr) ? attr : [attr]
  const names = path.filter((name) => typeof name === "string")
  if (names.length !== path.length || names.length === 0) throw new MalformedCedar("`has` names no attribute")
  return names
}

function known(given: Evaluation, ref: EntityRef): StoredEntity {
  return given.entities.find(ref) ?? absent(`the entity ${ref.type}::${JSON.stringify(ref.id)}`)
}

function absent(what: string): never {
  throw new EvaluationError(`${what} is not there`)
}
