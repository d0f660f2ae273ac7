import type { SettingSighting } from "../../configurations/observation.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { approvalSetting } from "./approval.ts"
import type { TerraformBlock } from "./terraform-blocks.ts"

/** Answers the blocks of a type inside another, however deep. */
export function blocksWithin(block: TerraformBlock, type: string): readonly TerraformBlock[] {
  return block.blocks.flatMap((inner) => [
    ...(inner.type === type ? [inner] : []),
    ...blocksWithin(inner, type),
  ])
}

/** Answers what an agent of Bedrock and its action groups say of what it may do unasked. */
export function bedrockSettings(
  agent: TerraformBlock,
  groups: readonly TerraformBlock[],
): readonly SettingSighting[] {
  const functions = groups.flatMap((group) => blocksWithin(group, "functions"))
  const built = groups.flatMap(({ values }) => values.get("parent_action_group_signature") ?? [])
  const returns = groups.some((group) => blocksWithin(group, "action_group_executor").some(returnsControl))
  const guardrail = blocksWithin(agent, "guardrail_configuration")[0]?.values.get("guardrail_identifier")
  return [
    ...declaredList(
      "tools",
      functions.flatMap(({ values }) => values.get("name") ?? []),
    ),
    ...declaredList("codeExecution", built),
    ...approvalSetting(
      functions.map(({ values }) => values.get("require_confirmation") === "ENABLED"),
      returns,
    ),
    ...(guardrail === undefined ? [] : [declared("guardrail", guardrail)]),
  ]
}

function returnsControl({ values }: TerraformBlock): boolean {
  return values.get("custom_control") === "RETURN_CONTROL"
}

/** Answers where a runtime can be reached. */
export function networkSettings(block: TerraformBlock): readonly SettingSighting[] {
  const modes = blocksWithin(block, "network_configuration").flatMap(
    ({ values }) => values.get("network_mode") ?? [],
  )
  return declaredList("network", modes)
}
