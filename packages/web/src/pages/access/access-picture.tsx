import "@xyflow/react/dist/base.css"
import {
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  type NodeTypes,
  Position,
  ReactFlow,
} from "@xyflow/react"
import { type ReactNode, useMemo, useRef, useState } from "react"
import { Icon, type IconName } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { useWidth } from "../../components/use-width.ts"
import { plainText } from "../../words/plain-text.ts"
import type { AccessGraph, NodeKind } from "./access-graph.ts"
import { BOX_WIDTH, layOut, type PlacedGraph, type PlacedNode } from "./lay-out.ts"
import { litFrom } from "./lit-from.ts"

type BoxNode = Node<{ readonly box: PlacedNode; readonly faded: boolean }, "box">

const TYPES: NodeTypes = { box: Box }
const KIND_ICONS: Readonly<Record<NodeKind, IconName>> = {
  agent: "agents",
  credential: "key",
  system: "system",
}
const HEIGHT_MIN = 160
const HEIGHT_MAX = 640
const MARGIN = 20

/** The agent, its credentials and the systems that it reaches, as boxes and arrows; what hangs together lights up. */
export function AccessPicture({ graph }: { graph: AccessGraph }): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  return (
    <div ref={frame} className="overflow-hidden rounded-lg border bg-panel">
      {width > 0 && <Drawn key={width} graph={graph} width={width} />}
    </div>
  )
}

function Drawn({ graph, width }: { graph: AccessGraph; width: number }): ReactNode {
  const placed = useMemo(() => layOut(graph, width - 2 * MARGIN), [graph, width])
  const [chosen, setChosen] = useState<string>()
  const lit = useMemo(
    () => (chosen === undefined ? undefined : litFrom(chosen, graph.edges)),
    [chosen, graph],
  )
  const zoom = Math.min(1, (width - 2 * MARGIN) / placed.width)
  const height = Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, placed.height * zoom + 2 * MARGIN))
  const left = (width - placed.width * zoom) / 2
  const top = Math.max(MARGIN, (height - placed.height * zoom) / 2)
  return (
    <div style={{ height }}>
      <ReactFlow<BoxNode>
        nodes={boxesOf(placed, lit)}
        edges={arrowsOf(placed, lit)}
        nodeTypes={TYPES}
        onNodeMouseEnter={(_, { id }) => setChosen(id)}
        onNodeMouseLeave={() => setChosen(undefined)}
        defaultViewport={{ x: left, y: top, zoom }}
        minZoom={0.3}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        panOnScroll={placed.height * zoom + 2 * MARGIN > HEIGHT_MAX}
        preventScrolling={placed.height * zoom + 2 * MARGIN > HEIGHT_MAX}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
        aria-hidden="true"
      />
    </div>
  )
}

function boxesOf({ nodes }: PlacedGraph, lit: ReadonlySet<string> | undefined): BoxNode[] {
  return nodes.map((box) => ({
    id: box.id,
    type: "box",
    position: { x: box.x, y: box.y },
    width: BOX_WIDTH,
    height: box.height,
    data: { box, faded: lit !== undefined && !lit.has(box.id) },
  }))
}

function arrowsOf({ edges }: PlacedGraph, lit: ReadonlySet<string> | undefined): Edge[] {
  return edges.map(({ from, to }) => {
    const on = lit?.has(from) === true && lit.has(to)
    const stroke = on ? "var(--color-accent)" : "var(--color-edge)"
    return {
      id: `${from} ${to}`,
      source: from,
      target: to,
      style: { stroke, strokeWidth: on ? 2 : 1.25, opacity: lit && !on ? 0.35 : 1 },
    }
  })
}

function Box({ data: { box, faded } }: NodeProps<BoxNode>): ReactNode {
  return (
    <div
      className={`flex h-full flex-col justify-center rounded-md border bg-ground px-3 transition-opacity duration-100 ${box.concern === null ? "border-edge" : "border-high"} ${faded ? "opacity-35" : ""}`}
    >
      {box.kind !== "agent" && <Port type="target" position={Position.Left} />}
      <p className="flex min-w-0 items-center gap-2" title={plainText(box.title)}>
        <Icon name={KIND_ICONS[box.kind]} className="size-3.5 text-faint" />
        <span className="truncate font-medium">
          <Said text={box.title} />
        </span>
      </p>
      <Lines box={box} />
      {box.kind !== "system" && <Port type="source" position={Position.Right} />}
    </div>
  )
}

function Lines({ box: { concern, note } }: { box: PlacedNode }): ReactNode {
  return (
    <div className="min-w-0 pl-5.5 text-small">
      {note && (
        <p className="truncate text-soft" title={plainText(note)}>
          <Said text={note} />
        </p>
      )}
      {concern !== null && (
        <p className="flex min-w-0 items-center gap-1 text-high" title={plainText(concern)}>
          <Icon name="warning" className="size-3" />
          <span className="truncate">
            <Said text={concern} />
          </span>
        </p>
      )}
    </div>
  )
}

function Port(props: { type: "source" | "target"; position: Position }): ReactNode {
  return <Handle {...props} isConnectable={false} className="invisible" />
}
