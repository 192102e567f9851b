package news

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Icon is an event's icon, that of the page it belongs to, and the color of
// the tile it stands on.
func Icon(e core.Event) (kit.Family, fyne.Resource) {
	switch d := e.Detail.(type) {
	case core.Payment:
		return kit.Petrol, assets.NavPayments
	case core.WorkOrder:
		return kit.Neutral, assets.NavWorkOrders
	case core.LeaseSigned, core.LeaseExpired:
		return kit.Neutral, assets.NavLeases
	case core.Tenant, core.Move:
		return kit.Neutral, assets.NavTenants
	case core.Doorbell:
		return kit.Neutral, topicIcon(d)
	}
	if _, known := words.TypeName(e.Type); known {
		return kit.Neutral, assets.NavTenants
	}
	return kit.Neutral, assets.NavActivity
}

// topicIcon is the icon of the page that a doorbell's topic belongs to.
func topicIcon(d core.Doorbell) fyne.Resource {
	switch d.Topic {
	case "charges":
		return assets.NavPayments
	case "work_orders", "work_order_updates":
		return assets.NavWorkOrders
	case "leases":
		return assets.NavLeases
	case "tenants":
		return assets.NavTenants
	}
	return assets.NavActivity
}
