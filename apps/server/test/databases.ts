import type pg from 'pg'

export const templateName = 'heyi_template'

/** Makes a database as Heyi wants it, empty or as a copy of the migrated template. */
export async function newDatabase(admin: pg.Client, name: string, template: string | null): Promise<void> {
  await admin.query(
    template
      ? `create database "${name}" template "${template}"`
      : `create database "${name}" template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
  )
}
