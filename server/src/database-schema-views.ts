import type { ColumnType, Generated } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import type { Instant } from './database-columns.ts'

interface SavedViewTable {
  id: string
  owner_id: string | null
  shared_with: Role | null
  name: string
  query: ColumnType<unknown, string, string>
  columns: ColumnType<string[] | null, string[] | null, string[] | null>
  version: Generated<number>
  created_at: Instant
  changed_at: Instant
}

interface ListPreferenceTable {
  person_id: string
  list: string
  columns: ColumnType<string[] | null, string[] | null, string[] | null>
  widths: ColumnType<unknown, string, string>
  density: string | null
  changed_at: Instant
}

/** How people like to look at lists. */
export interface ViewTables {
  list_preference: ListPreferenceTable
  saved_view: SavedViewTable
}
