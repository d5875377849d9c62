import { useQuery } from '@tanstack/react-query'
import type { RuleInForce } from '@desk/shared/settlements/business-day-setting'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Moment } from '../ui/moment.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { BusinessDayBuilding } from './business-day-building.tsx'
import { BusinessDayForm } from './business-day-form.tsx'
import { DayBounds } from './day-bounds.tsx'

/** Should word of a change get lost on its way. */
const READ_EVERY_MS = 5_000

/** When business days begin, and how they are made to begin at another time. */
export function BusinessDayPage() {
  const { api } = signedInRoute.useRouteContext()
  const readBlock = usePermissionBlock('business_day:read')
  const setting = useQuery({
    ...api.businessDay.read.queryOptions(undefined, { refetchInterval: READ_EVERY_MS }),
    enabled: readBlock === null,
  })
  const title = <title>Business day · SpacePay Desk</title>
  if (readBlock !== null) {
    return (
      <>
        {title}
        <EmptyState heading="h1" title="The business day is not among your roles">
          {readBlock}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {title}
      <PageHeader
        title="Business day"
        state="When a day begins: every total, chart, filter and file counts by it."
      />
      {setting.data ? (
        <>
          {setting.data.inForce ? (
            <InForce rule={setting.data.inForce} />
          ) : (
            <div className="mb-4">
              <Notice tone="warn">Payments are being added up for the first time.</Notice>
            </div>
          )}
          {setting.data.building && <BusinessDayBuilding rule={setting.data.building} />}
          {setting.data.inForce && !setting.data.building && (
            <BusinessDayForm
              key={`${setting.data.inForce.zone} ${setting.data.inForce.cutOff}`}
              inForce={setting.data.inForce}
            />
          )}
        </>
      ) : setting.isPending ? (
        <Skeleton className="h-48" />
      ) : (
        <ErrorPanel
          title="The business day could not be read"
          cause="The connection to Desk was lost, or a fault in Desk kept it from being read."
          wayOut="Nothing was changed. Try again in a moment."
          reference={readFault(setting.error).reference}
          action={<Button onClick={() => void setting.refetch()}>Try again</Button>}
        />
      )}
    </>
  )
}

function InForce({ rule }: { readonly rule: RuleInForce }) {
  return (
    <Card
      title={`Days begin at ${rule.cutOff} in ${zoneName(rule.zone)}`}
      about={
        <>
          {rule.zone}, since <Moment at={rule.since} />
          {rule.setBy === null ? ', as Desk was set up' : `, set by ${rule.setBy}`}
        </>
      }
    >
      <DayBounds rules={[{ name: 'In force', rule }]} />
    </Card>
  )
}
