import { asFields, asText, field } from "../../documents/fields.ts"
import { type GraphNode, mapAt, nodesIn } from "../graph-nodes.ts"

/** A node of n8n that is switched on. */
export interface N8nNode extends GraphNode {
  readonly name: string
  readonly type: string
}

/** A workflow of n8n: its nodes, and which of them serve which by name. */
export interface N8nWorkflow {
  readonly nodes: readonly N8nNode[]
  /** Answers the nodes that serve the one called `name` over connections of this kind: `ai_tool`, `ai_languageModel`. */
  servants(name: string, kind: RegExp): readonly N8nNode[]
}

/** Answers the workflow in an item of an export, or undefined where it is none. */
export function n8nWorkflow(item: GraphNode): N8nWorkflow | undefined {
  const list = field(item.fields, "nodes")
  const connections = mapAt(item.fields, "connections")
  if (!Array.isArray(list) || !connections) return undefined
  const nodes = nodesIn(list, [...item.path, "nodes"]).flatMap(nodeOf)
  return {
    nodes,
    servants: (name, kind) =>
      nodes.filter((node) => {
        const ways = Object.entries(mapAt(connections, node.name) ?? {})
        return ways.some(([way, ends]) => kind.test(way) && leadsTo(ends, name))
      }),
  }
}

function nodeOf({ fields, path }: GraphNode): readonly N8nNode[] {
  const name = asText(field(fields, "name"))
  const type = asText(field(fields, "type"))
  const isOff = field(fields, "disabled") === true
  return name === undefined || type === undefined || isOff ? [] : [{ fields, path, name, type }]
}

function leadsTo(ends: unknown, name: string): boolean {
  const lists: readonly unknown[] = Array.isArray(ends) ? ends : []
  const targets = lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
  return targets.some((target) => field(asFields(target), "node") === name)
}
