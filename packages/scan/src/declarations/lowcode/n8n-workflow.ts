import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
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

/** No agent that people draw has more tools. */
const MOST_SERVANTS = 100

/** Answers the workflow in an item of an export, or undefined where it is none. */
export function n8nWorkflow(item: GraphNode): N8nWorkflow | undefined {
  const list = field(item.fields, "nodes")
  const connections = mapAt(item.fields, "connections")
  if (!Array.isArray(list) || !connections) return undefined
  const nodes = nodesIn(list, [...item.path, "nodes"]).flatMap(nodeOf)
  const served = Map.groupBy(servicesIn(nodes, connections), ({ to }) => to)
  return {
    nodes,
    servants: (name, kind) =>
      (served.get(name) ?? [])
        .filter((service) => kind.test(service.kind))
        .slice(0, MOST_SERVANTS)
        .map(({ from }) => from),
  }
}

/** One connection: a node serves another, as a tool, a model, a memory. */
interface Service {
  readonly from: N8nNode
  readonly to: string
  readonly kind: string
}

function servicesIn(nodes: readonly N8nNode[], connections: Fields): readonly Service[] {
  const named = new Map(nodes.map((node) => [node.name, node]))
  return Object.entries(connections).flatMap(([name, ways]) => {
    const from = named.get(name)
    return from
      ? Object.entries(asFields(ways) ?? {}).flatMap(([kind, ends]) =>
          targetsOf(ends).map((to) => ({ from, to, kind })),
        )
      : []
  })
}

function nodeOf({ fields, path }: GraphNode): readonly N8nNode[] {
  const name = asText(field(fields, "name"))
  const type = asText(field(fields, "type"))
  const isOff = field(fields, "disabled") === true
  return name === undefined || type === undefined || isOff ? [] : [{ fields, path, name, type }]
}

function targetsOf(ends: unknown): readonly string[] {
  const lists: readonly unknown[] = Array.isArray(ends) ? ends : []
  const targets = lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
  return targets.flatMap((target) => asText(field(asFields(target), "node")) ?? [])
}
