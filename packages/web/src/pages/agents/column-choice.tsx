import { DropdownMenu } from "radix-ui"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { CHOOSABLE, COLUMN_SHAPES, type ColumnId } from "./table-shape.ts"

/** Chooses the columns of the table; they are in the address, and so in a saved view. */
export function ColumnChoice(props: {
  chosen: readonly ColumnId[] | undefined
  onChoose: (columns: readonly ColumnId[] | undefined) => void
}): ReactNode {
  const { chosen, onChoose } = props
  const on = chosen ?? CHOOSABLE.filter((id) => id !== "tier" && id !== "servers")
  const choose = (id: ColumnId, checked: boolean): void => {
    onChoose(CHOOSABLE.filter((one) => (one === id ? checked : on.includes(one))))
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button className="max-md:hidden">Columns</Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="appear z-50 w-52 rounded-lg bg-float p-1 shadow-float"
        >
          {CHOOSABLE.map((id) => (
            <DropdownMenu.CheckboxItem
              key={id}
              checked={on.includes(id)}
              onCheckedChange={(checked) => choose(id, checked)}
              onSelect={(event) => event.preventDefault()}
              className="flex h-8 items-center gap-2 rounded-md px-2.5 outline-none data-highlighted:bg-hover"
            >
              <span className="w-4">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" />
                </DropdownMenu.ItemIndicator>
              </span>
              {COLUMN_SHAPES[id].label}
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Separator className="my-1 border-t" />
          <DropdownMenu.Item
            onSelect={() => onChoose(undefined)}
            className="flex h-8 items-center rounded-md px-2.5 outline-none data-highlighted:bg-hover"
          >
            As many as there is room for
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
