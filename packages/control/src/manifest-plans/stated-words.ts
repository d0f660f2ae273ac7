import { checkManifest, type Manifest } from "@tabard/intent"

/** Says what a manifest states beside the tools that it names; nothing of a text that cannot be read any more. */
export function statedWords(source: string): readonly string[] {
  const { manifest } = checkManifest(source)
  return manifest ? stated(manifest) : []
}

function stated({
  purpose,
  environment,
  delegatesTo = [],
  isolation,
  standing,
}: Manifest): readonly string[] {
  return [
    `It is for: ${purpose}`,
    ...(environment === undefined ? [] : [`It acts in ${environment}.`]),
    ...(standing === true ? ["It acts without anyone opening a task."] : []),
    ...(isolation === undefined ? [] : [`It is kept apart by: ${isolation}.`]),
    ...delegatesTo.map((agent) => `It may hand work to ${agent}.`),
  ]
}
