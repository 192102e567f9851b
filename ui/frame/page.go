// Package frame has the parts that all pages share: the page with its banners
// and detail pane, tables that sort, toolbars, dialogs, and the way from slow
// work back to Fyne's main goroutine. It knows no particular page and neither
// the store nor package bell: pages pass in what to show and get callbacks.
package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// The smallest window, and the window width from which list and detail pane
// stand side by side. All are for a text size of 100 %.
const (
	LeastWidth   = 900
	LeastHeight  = 600
	PairedWindow = 1020
)

// Page is the layout of every section: a header, banners, a body, and a detail
// pane. The pane stands beside the body, or covers the page if the window is
// narrow.
type Page struct {
	Object *fyne.Container
	banner *kit.Banner
	notice *kit.Banner // for a problem that is over
	Pane   *Pane

	note   *kit.Text // at the right of the header
	header fyne.CanvasObject
	body   fyne.CanvasObject
	single bool // the pane covers the page
}

// NewPage returns a page with a title. tools stand between header and body and
// may be nil. p may be nil for a page without details.
func NewPage(title string, tools, body fyne.CanvasObject, p *Pane) *Page {
	note := kit.NewText("", kit.Strong)
	header := kit.Sized(0, 31, kit.Spread(12, kit.NewText(title, kit.Heading).Tight(), kit.Inset(6, 0, 0, 0, note)))
	if tools != nil {
		body = kit.Above(kit.CardGap, tools, body)
	}
	pg := NewBarePage(header, body, p)
	pg.note = note
	return pg
}

// NewBarePage returns a page with its own header. SetNote and SetQuietNote must
// not be called on it.
func NewBarePage(header, body fyne.CanvasObject, p *Pane) *Page {
	pg := &Page{header: header, body: body, Pane: p, banner: kit.NewBanner(), notice: kit.NewNotice()}
	pg.Object = &fyne.Container{Layout: pageLayout{pg}, Objects: []fyne.CanvasObject{header, pg.banner, pg.notice, body}}
	if p != nil {
		pg.Object.Objects = append(pg.Object.Objects, p.object)
		p.onToggle = pg.Relayout
	}
	return pg
}

// Relayout lays out the page without redrawing each of its parts.
func (pg *Page) Relayout() {
	kit.Relayout(pg.Object)
	canvas.Refresh(pg.Object)
	kit.UnfocusHidden(fyne.CurrentApp().Driver().CanvasForObject(pg.Object)) // a pane may just have closed
}

// SetNote shows a summary at the right of the header.
func (pg *Page) SetNote(text string) {
	pg.note.SetStyled(text, kit.Strong)
	kit.Relayout(pg.Object)
}

// SetQuietNote shows a muted remark in place of the summary.
func (pg *Page) SetQuietNote(text string) {
	pg.note.SetStyled(text, kit.Muted)
	kit.Relayout(pg.Object)
}

// SetSingle says whether the window is too narrow for list and pane side by
// side.
func (pg *Page) SetSingle(single bool) {
	pg.single = single
	if pg.Pane != nil {
		pg.Pane.setSingle(single)
	}
}

// SetBanner shows a problem. Empty words remove the banner.
func (pg *Page) SetBanner(w explain.Words, actions ...kit.BannerAction) {
	pg.set(pg.banner, w, actions)
}

// SetNotice shows a problem that is over. Empty words remove the notice.
func (pg *Page) SetNotice(w explain.Words, actions ...kit.BannerAction) {
	pg.set(pg.notice, w, actions)
}

func (pg *Page) set(b *kit.Banner, w explain.Words, actions []kit.BannerAction) {
	switch {
	case w != (explain.Words{}):
		if !b.Set(w.Title, w.Text(), actions...) {
			return
		}
	case b.Visible():
		b.Clear()
	default:
		return
	}
	pg.Relayout()
}

// headerTop is where a page's header begins. The title is then level with the
// app's name in the navigation.
const headerTop = 19

type pageLayout struct{ of *Page }

func (l pageLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l pageLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	pg, dp := l.of, kit.Dp
	open := pg.Pane != nil && pg.Pane.Open
	covered := open && pg.single
	SetVisible(pg.header, !covered)
	SetVisible(pg.body, !covered)
	right := dp(kit.PagePad)
	if pg.Pane != nil {
		SetVisible(pg.Pane.object, open)
	}
	switch {
	case covered:
		pg.Pane.object.Move(fyne.Position{})
		pg.Pane.object.Resize(size)
		return
	case open:
		width := dp(kit.PaneWidth)
		kit.Place(pg.Pane.object, size.Width-width, 0, width, size.Height)
		right = width + dp(kit.PanePad)
	}
	x, y, width := dp(kit.PagePad), dp(headerTop), size.Width-dp(kit.PagePad)-right
	place := func(o fyne.CanvasObject, high float32) {
		kit.Place(o, x, y, width, high)
		y += high + dp(kit.CardGap)
	}
	place(pg.header, HeightAt(pg.header, width))
	for _, b := range []*kit.Banner{pg.banner, pg.notice} {
		if b.Visible() {
			place(b, HeightAt(b, width))
		}
	}
	place(pg.body, max(0, size.Height-y))
}

// Pane shows the details of one row.
type Pane struct {
	object *fyne.Container

	Open     bool
	onClose  func()
	onToggle func() // lays out the page

	kind    *kit.Text
	close   *kit.Press
	back    *kit.Press
	edge    *kit.Box // line between list and pane
	content *fyne.Container
	scroll  *kit.Scroll
	stays   bool // the next Show does not scroll
}

// NewPane returns a closed pane. onClose is called when the user closes it. The
// pane must be given to a Page before it is shown.
func NewPane(onClose func()) *Pane {
	p := &Pane{onClose: onClose, kind: kit.NewText("", kit.Muted).Tight(), content: kit.VStack(0)}
	p.close = kit.NewIconButton(words.Say("Close"), assets.Close, 20, p.Dismiss)
	p.back = kit.NewLink(words.Say("Back"), p.Dismiss)
	p.back.Hide()
	p.scroll = kit.NewScroll(kit.Inset(0, panePad, panePad, panePad, kit.AtMost(paneWidest, p.content)), 0)
	head := kit.Inset(16, panePad-4, 3, panePad, kit.Spread(8, kit.Inset(0, 0, 2, 0, kit.Lead(8, p.back, p.kind)), p.close))
	p.edge = kit.NewBox(kit.ColorBorder, "", 0)
	ground := kit.NewBox(kit.ColorSurface, "", 0)
	p.object = &fyne.Container{
		Layout:  paneLayout{},
		Objects: []fyne.CanvasObject{ground, p.edge, kit.Above(0, head, p.scroll.Object)},
	}
	p.object.Hide()
	return p
}

// panePad is the padding at a pane's sides. paneWidest limits the content's
// width where the pane covers the page.
const (
	panePad    = 20
	paneWidest = 640
)

// Show replaces the pane's content, scrolls to its top and opens the pane. kind
// is the title, such as "Payment".
func (p *Pane) Show(kind string, objects ...fyne.CanvasObject) {
	p.kind.Set(kind)
	p.content.Objects = objects
	p.scroll.Update()
	if !p.stays {
		p.scroll.ToTop()
	}
	p.Open, p.stays = true, false
	p.onToggle()
}

// Stay makes the next Show keep the scroll position, because it shows the same thing
// anew.
func (p *Pane) Stay() { p.stays = p.Open }

// Hide closes the pane without calling onClose.
func (p *Pane) Hide() {
	if !p.Open {
		return
	}
	p.Open, p.stays = false, false
	p.content.Objects = nil
	p.onToggle()
}

// Dismiss closes the pane and calls onClose.
func (p *Pane) Dismiss() {
	p.Hide()
	p.onClose()
}

func (p *Pane) setSingle(single bool) {
	p.back.Hidden, p.close.Hidden, p.edge.Hidden = !single, single, single
	p.object.Refresh()
}

// paneLayout draws the pane's left edge over its background.
type paneLayout struct{}

func (paneLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (paneLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, edge, body := objects[0], objects[1], objects[2]
	ground.Resize(size)
	edge.Resize(fyne.NewSize(1, size.Height))
	body.Move(fyne.NewPos(1, 0))
	body.Resize(size.SubtractWidthHeight(1, 0))
}

// Update lays out the content again. Call it after a part of it has opened or
// closed.
func (p *Pane) Update() { p.scroll.Update() }

// Tighten moves the body up, for a page with tabs below its title. Call it
// once.
func (pg *Page) Tighten() {
	pg.header = kit.Inset(0, 0, -5, 0, pg.header)
	pg.Object.Objects[0] = pg.header
}
