package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/feeds"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// section identifies a page.
type section = feeds.Section

// The sections, in the order of the navigation and of the keys 1 to 6.
const (
	overviewSection   = feeds.Overview
	paymentsSection   = feeds.Payments
	workOrdersSection = feeds.WorkOrders
	leasesSection     = feeds.Leases
	tenantsSection    = feeds.Tenants
	activitySection   = feeds.Activity
	settingsSection   = feeds.Sections
	sections          = settingsSection + 1 // their number
)

// sectionNames has the titles of the pages in English.
var sectionNames = [sections]string{"Overview", "Payments", "Work orders", "Leases", "Tenants", "Activity", "Settings"}

var sectionIcons = [sections]fyne.Resource{
	assets.NavOverview, assets.NavPayments, assets.NavWorkOrders, assets.NavLeases,
	assets.NavTenants, assets.NavActivity, assets.NavSettings,
}

// navCounts are the numbers beside the sections' names.
type navCounts struct{ openWorkOrders, attention int }

// navigation is the left side of the window: the app's name, the sections and
// the connection card. In a narrow window it is a rail with icons above small
// names.
type navigation struct {
	object *fyne.Container
	card   *connectionCard

	rail  bool
	rows  [sections]*navRow
	brand *fyne.Container
	name  *kit.Text
}

func newNavigation(onPick func(section), card *connectionCard) *navigation {
	n := &navigation{card: card, name: kit.NewText("Rentbell", kit.Title)}
	icon := kit.NewIcon(assets.AppIcon, "", 28)
	n.brand = kit.HStack(10, icon, kit.Inset(0, 0, 5, 0, n.name))
	ground := kit.NewBox(kit.ColorNav, "", 0)
	edge := kit.NewBox(kit.ColorBorder, "", 0)
	n.object = &fyne.Container{Layout: navLayout{n}, Objects: []fyne.CanvasObject{ground, edge, n.brand}}
	for s := range sections {
		n.rows[s] = newNavRow(words.Say(sectionNames[s]), sectionIcons[s], func() { onPick(s) })
		n.object.Objects = append(n.object.Objects, n.rows[s].Press)
	}
	n.object.Objects = append(n.object.Objects, card.Press)
	return n
}

// show marks the open section and shows the counts.
func (n *navigation) show(open section, c navCounts) {
	for s, row := range n.rows {
		row.pick(section(s) == open)
	}
	orders := ""
	if c.openWorkOrders > 0 {
		orders = explain.Number(c.openWorkOrders)
	}
	n.rows[workOrdersSection].count.Set(orders)
	attention := ""
	if c.attention > 0 {
		attention = explain.Number(c.attention)
	}
	n.rows[activitySection].badge.Set(attention)
	for _, row := range n.rows {
		row.relayout()
	}
}

// setRail switches between the full navigation and the rail.
func (n *navigation) setRail(rail bool) {
	if n.rail == rail {
		return
	}
	n.rail = rail
	for _, row := range n.rows {
		row.setRail(rail)
	}
	n.card.setRail(rail)
	n.name.Hidden = rail
}

// navLayout puts the app's name and the sections at the top, Settings and the
// connection card at the bottom.
type navLayout struct{ of *navigation }

func (l navLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if l.of.rail {
		return fyne.NewSize(kit.Dp(kit.RailWidth), 0)
	}
	return fyne.NewSize(kit.Dp(kit.NavWidth), 0)
}

// navMetrics are the lengths that differ between navigation and rail, in the
// units of kit.Dp.
type navMetrics struct{ brandX, brandY, x, y, high, pitch, settings, card, cardHigh float32 }

func (l navLayout) metrics() navMetrics {
	if l.of.rail {
		return navMetrics{brandX: 26, brandY: 14, x: 4, y: 52, high: 50, pitch: 52, settings: 105, card: 52, cardHigh: 46}
	}
	return navMetrics{brandX: 20, brandY: 18, x: 12, y: 64, high: 36, pitch: 38, settings: 141, card: 93, cardHigh: 81}
}

func (l navLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m, dp := l.metrics(), kit.Dp
	ground, edge, brand := objects[0], objects[1], objects[2]
	ground.Resize(size)
	edge.Move(fyne.NewPos(size.Width-1, 0))
	edge.Resize(fyne.NewSize(1, size.Height))
	brand.Move(fyne.NewPos(dp(m.brandX), dp(m.brandY)))
	brand.Resize(fyne.NewSize(size.Width-2*dp(m.brandX), dp(28)))
	width := size.Width - 1 - 2*dp(m.x)
	bottom := size.Height - dp(m.settings)
	pitch := min(dp(m.pitch), (bottom-dp(m.y))/float32(settingsSection)) // less if large text meets a low window
	for s, row := range l.of.rows {
		y := dp(m.y) + float32(s)*pitch
		if section(s) == settingsSection {
			y = bottom
		}
		row.Move(fyne.NewPos(dp(m.x), y))
		row.Resize(fyne.NewSize(width, dp(m.high)))
	}
	l.of.card.Move(fyne.NewPos(dp(m.x), size.Height-dp(m.card)))
	l.of.card.Resize(fyne.NewSize(width, dp(m.cardHigh)))
}

// navRow is a section in the navigation: the name beside its icon, or below it
// in the rail.
type navRow struct {
	*kit.Press

	picked bool
	rail   bool
	ground *kit.Box
	icon   *kit.Icon
	res    fyne.Resource
	name   *kit.Text
	count  *kit.Text
	badge  *kit.Badge
	body   *fyne.Container
}

func newNavRow(name string, icon fyne.Resource, onTapped func()) *navRow {
	r := &navRow{
		ground: kit.NewBox("", "", 6),
		icon:   kit.NewIcon(icon, kit.ColorText2, 20),
		res:    icon,
		name:   kit.NewText(name, kit.Body).Tight(),
		count:  kit.NewText("", kit.Caption.Right()),
		badge:  kit.NewBadge(),
	}
	r.body = &fyne.Container{Layout: navRowLayout{r}, Objects: []fyne.CanvasObject{r.ground, r.icon, r.name, r.count, r.badge}}
	r.Press = kit.NewPress(name, r.body, 6, onTapped)
	return r
}

func (r *navRow) pick(picked bool) {
	r.picked = picked
	r.paint()
}

func (r *navRow) setRail(rail bool) {
	r.rail = rail
	r.count.Hidden = rail
	r.paint()
	r.relayout()
}

func (r *navRow) paint() {
	style, ink, fill := kit.Body, kit.ColorText2, fyne.ThemeColorName("")
	if r.picked {
		style, ink, fill = kit.Strong, kit.ColorPrimary, kit.ColorTint
	}
	if r.rail {
		style.Size = theme.SizeNameCaptionText
		style = style.Centered()
	}
	r.name.SetStyled(r.name.Text(), style)
	r.icon.Set(r.res, ink)
	r.ground.Paint(fill, "")
}

func (r *navRow) relayout() { kit.Relayout(r.body) }

type navRowLayout struct{ of *navRow }

func (l navRowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l navRowLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	r, dp := l.of, kit.Dp
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	badge := r.badge.MinSize()
	place(r.ground, 0, 0, size.Width, size.Height)
	if r.rail {
		place(r.icon, (size.Width-dp(20))/2, dp(6), dp(20), dp(20))
		place(r.name, -dp(3), dp(25), size.Width+dp(6), dp(17)) // a name may be wider than the row
		place(r.badge, (size.Width+dp(20))/2-dp(5), dp(0), badge.Width, badge.Height)
		return
	}
	place(r.icon, dp(10), (size.Height-dp(20))/2, dp(20), dp(20))
	place(r.name, dp(42), -1, max(0, size.Width-dp(42)-dp(44)), size.Height)
	place(r.count, size.Width-dp(50), -1, dp(40), size.Height)
	place(r.badge, size.Width-dp(10)-badge.Width, (size.Height-badge.Height)/2, badge.Width, badge.Height)
}
