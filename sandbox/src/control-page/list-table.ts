import { type Html, html } from '../pages/html.ts'

export interface Column {
  readonly name: string
  /** Numbers stand in line by their last figure. */
  readonly isNumber?: boolean
  /** For what needs no heading of its own to be seen, such as buttons. */
  readonly isUnnamed?: boolean
}

export interface ListTable {
  /** Says to readers who cannot see it what this table holds. */
  readonly label: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Html[])[]
  /** What is said instead of an empty table. */
  readonly nothing: string
}

/** A table that becomes a list of cards where the screen is narrow. */
export function listTable({ label, columns, rows, nothing }: ListTable): Html {
  if (rows.length === 0) return html`<p class="muted">${nothing}</p>`
  return html`<table class="list">
    <caption class="unseen">
      ${label}
    </caption>
    <thead>
      <tr>
        ${columns.map(heading)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell, index) => cellOf(cell, columns[index]))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function heading(column: Column): Html {
  return html`<th scope="col" class="${column.isNumber ? 'number' : ''}">
    <span class="${column.isUnnamed ? 'unseen' : ''}">${column.name}</span>
  </th>`
}

function cellOf(cell: Html, column: Column | undefined): Html {
  const label = column?.isUnnamed ? '' : (column?.name ?? '')
  return html`<td class="${column?.isNumber ? 'number' : ''}" data-label="${label}">
    <div>${cell}</div>
  </td>`
}

/** Facts about one thing: names and what they stand at. */
export function factList(facts: readonly (readonly [name: string, fact: Html])[]): Html {
  return html`<dl class="facts">
    ${facts.map(
      ([name, fact]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${fact}</dd>
        </div>`,
    )}
  </dl>`
}
