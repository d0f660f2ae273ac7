import { type Code, type Compile, type Evaluation, folded, testOf, truth } from "../code.ts"
import { wrongType } from "../evaluation-error.ts"
import { asEntity, asSet, CedarSet, type CedarValue, EntityRef, typeName } from "../values.ts"
import { lookup, member, optionalMember, textMember } from "./parts.ts"

/** What kind of entity something is, and what it is in. */
export const ENTITIES: readonly (readonly [string, Compile])[] = [
  ["in", lookup((entity, group) => truth((given) => isIn(entity(given), group(given), given)))],
  ["is", isOfType],
]

/** Answers whether an entity is another one, or below it. */
export function isWithin(
  entity: EntityRef,
  group: EntityRef,
  { entities }: Pick<Evaluation, "entities">,
): boolean {
  return entity.is(group) || (entities.find(entity)?.ancestors.has(group.key) ?? false)
}

function isIn(value: CedarValue, group: CedarValue, given: Evaluation): boolean {
  const entity = asEntity(value)
  if (group instanceof EntityRef) return isWithin(entity, group, given)
  if (!(group instanceof CedarSet)) return wrongType("an entity or a set of entities", typeName(group))
  // All of them are looked at first: one that is no entity errs wherever it stands.
  return asSet(group)
    .items.map(asEntity)
    .some((each) => isWithin(entity, each, given))
}

/** `x is T in y` asks about y only where x is a T. */
function isOfType(body: unknown, compile: Parameters<Compile>[1]): Code {
  const entity = compile(member(body, "left"))
  const type = textMember(body, "entity_type")
  const is = folded(
    [entity],
    truth((given) => asEntity(entity.run(given)).type === type),
  )
  const group = optionalMember(body, "in")
  if (group === undefined) return is
  const { run } = compile(group)
  const holds = testOf(is)
  return truth((given) => holds(given) && isIn(entity.run(given), run(given), given))
}
