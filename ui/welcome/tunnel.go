package welcome

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// ownTunnel is the second step's form for the user's own tunnel.
type ownTunnel struct {
	form         *fyne.Container
	public, port *kit.Entry
	on           bool
}

func newOwnTunnel(changed func(string), submit func()) *ownTunnel {
	o := &ownTunnel{}
	var public, port fyne.CanvasObject
	o.public, public = kit.NewEntry("https://bell.example.com", changed)
	o.port, port = kit.NewEntry(strconv.Itoa(frame.UsualPort), changed)
	for _, e := range o.entries() {
		e.OnSubmitted = func(string) { submit() }
	}
	o.form = kit.VStack(5,
		kit.NewText(words.Say("Public address"), kit.Strong).Tight(), public,
		kit.NewProse(words.Say("Where your tunnel begins, for AppFolio."), kit.Caption),
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Local port"), kit.Strong).Tight()), port,
		kit.NewProse(words.Say("Where your tunnel ends, on this computer. Rentbell listens there."), kit.Caption),
	)
	o.form.Hide()
	return o
}

func (o *ownTunnel) entries() []*kit.Entry { return []*kit.Entry{o.public, o.port} }

func (o *ownTunnel) filled() bool {
	return strings.TrimSpace(o.public.Text) != "" && !o.public.Disabled()
}

// edit returns the change of settings that the form asks for, or
// core.ErrBadPort.
func (o *ownTunnel) edit() (func(*core.Settings), error) {
	port, err := frame.Port(o.port.Text)
	if err != nil {
		return nil, err
	}
	address := words.SpelledOut(o.public.Text)
	return func(s *core.Settings) {
		s.Door, s.ManualAddress, s.ManualPort = core.TunnelManual, address, port
	}, nil
}
