import type { Code, Compile, Evaluation } from "../code.ts"
import { folded } from "../code.ts"
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
    lookup(({ run: entity }, { run: tag }) => (given) => {
      const [ref, name] = [asEntity(entity(given)), asString(tag(given))]
      return given.entities.find(ref)?.tags.has(name) ?? false
    }),
  ],
  [
    "getTag",
    lookup(({ run: entity }, { run: tag }) => (given) => {
      const [ref, name] = [asEntity(entity(given)), asString(tag(given))]
      return known(given, ref).tags.get(name) ?? absent(`the tag ${JSON.stringify(name)}`)
    }),
  ],
]

function attribute(of: Code, name: string): Code {
  const run = (given: Evaluation): CedarValue =>
    attributesOf(of.run(given), given).get(name) ?? absent(`the attribute ${JSON.stringify(name)}`)
  return of.constant instanceof CedarRecord ? folded([of], run) : { run }
}

function attributesOf(of: CedarValue, given: Evaluation): ReadonlyMap<string, CedarValue> {
  if (of instanceof CedarRecord) return of.members
  if (of instanceof EntityRef) return known(given, of).attrs
  return wrongType("a record or an entity", typeName(of))
}

/** Answers whether a path of attributes is there; what is beyond an absent one is not looked at. */
function presence(of: Code, path: readonly string[]): Code {
  return {
    run: (given) => {
      let at: CedarValue | undefined = of.run(given)
      for (const name of path) {
        at = membersIfKnown(at, given)?.get(name)
        if (at === undefined) return false
      }
      return true
    },
  }
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
