import { useCallback, useEffect, useMemo, useRef } from "react"
import { useShortcuts } from "../../shell/shortcuts.ts"
import { extended, NONE_PICKED, type Picked, pickedAmong, toggled } from "./picked.ts"
import type { Picking } from "./use-picked.ts"

/** The box above all others. */
export interface PickAll {
  readonly all: boolean
  readonly some: boolean
  readonly toggle: () => void
}

/** Picking rows of a list in the order in which they stand. */
export interface RowPicking {
  readonly picked: Picked
  readonly all: PickAll
  /** It stays the same function. */
  readonly pickRow: (id: string, extend: boolean) => void
}

/** Answers how the rows are picked, by pointer or by `x`; with Shift from the one before to this one. */
export function useRowPicking(
  picking: Picking | undefined,
  rows: readonly { readonly id: string }[],
): RowPicking | undefined {
  const before = useRef<string>(undefined)
  const latest = useRef({ picking, rows })
  useEffect(() => {
    latest.current = { picking, rows }
  })
  const pickRow = useCallback((id: string, extend: boolean): void => {
    const { picking: now, rows: inOrder } = latest.current
    if (!now) return
    const shown = inOrder.map((row) => row.id)
    const from = before.current
    before.current = id
    now.pick(
      extend && from !== undefined
        ? extended(now.picked, { from, to: id }, shown)
        : toggled(now.picked, id, shown),
    )
  }, [])
  useShortcuts({
    x: (event) => {
      const id = document.activeElement?.getAttribute("data-agent")
      if (id) pickRow(id, event.shiftKey)
    },
  })
  const picked = picking?.picked ?? NONE_PICKED
  const many = useMemo(() => pickedAmong(picked, rows).length, [picked, rows])
  if (!picking) return undefined
  const { pick } = picking
  const all = many > 0 && many === rows.length
  return {
    picked,
    pickRow,
    all: { all, some: many > 0, toggle: () => pick(all ? NONE_PICKED : { kind: "all" }) },
  }
}
