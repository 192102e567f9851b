package welcome

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// officeForm is the part for a desk of an office: how it joins, in the first step, and in
// the second what arrives.
type officeForm struct {
	form     *frame.JoinForm // nil: no office can be joined
	arrivals *fyne.Container

	state *kit.Prose
	open  *kit.Button // finishes when everything is here
	later *kit.Press  // finishes earlier
}

// newForm returns the part of the first step. It is empty if no office can be joined.
func (o *officeForm) newForm(v *View) *fyne.Container {
	if v.do.joining == nil {
		return kit.VStack(0)
	}
	joined := func() {
		v.done[0] = true
		v.moveTo(1)
	}
	o.form = v.do.joining(joined, func() { v.scroll.Update() })
	return o.form.Object
}

// see says whether the part of the first step can be seen.
func (o *officeForm) see(visible bool) {
	switch {
	case o.form == nil:
	case visible:
		o.form.Open()
	default:
		o.form.Close()
	}
}

// newArrivals returns the part of the second step.
func (o *officeForm) newArrivals(v *View) *fyne.Container {
	o.state = kit.NewProse("", kit.Body)
	o.open = kit.NewButton(words.Say("Open Rentbell"), nil, v.do.finish).Primary()
	o.later = kit.NewLink(words.Say("Later"), v.do.finish)
	o.arrivals = kit.VStack(8, o.state, kit.Inset(4, 0, 0, 0, kit.Flow(14, o.open, o.later)))
	return o.arrivals
}

// show shows what has come from the office.
func (o *officeForm) show(s core.Status, now time.Time) {
	here := frame.OfficeStateOf(s.Office, now) == frame.OfficeUpToDate
	if s.Office.Problem != nil {
		frame.TellHere(o.state, s.Office.Problem)
	} else {
		o.state.SetStyled(frame.OfficeArrivals(s, now), kit.Body)
	}
	frame.SetVisible(o.open, here)
	frame.SetVisible(o.later, !here)
}
