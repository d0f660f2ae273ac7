import { knownImage } from "./compose/container-images.ts"
import { declarationKnowledge } from "./declaration-knowledge.ts"

/** Answers what an image is, where it is known to be an agent by itself. */
export function agentImage(image: string): string | undefined {
  const known = knownImage(image)
  return known?.kind === "agent" ? known.says : undefined
}

/** Answers what a type of resource of Terraform is, where it is known to be an agent. */
export function agentResource(type: string): string | undefined {
  return declarationKnowledge().resources.find(({ terraform }) => terraform.includes(type))?.says
}
