package frame

import (
	"context"
	"net"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// finder asks for the receiver's address, and proposes what answers on the local network.
// It never changes what was typed.
type finder struct {
	object *fyne.Container
	entry  *kit.Entry

	parts    JoinParts
	said     *kit.Prose
	again    *kit.Press
	room     fyne.CanvasObject // of again, while that is hidden
	choice   *kit.Select       // of what was found
	choices  fyne.CanvasObject
	found    []core.OfficeFound
	proposed string // what the finder itself has put into the entry
	looked   bool   // found is what the last look has found
	looking  bool
	end      func() // ends the look
}

const linkHigh = 24 // of a kit.NewLink

// newFinder returns a finder that looks nowhere yet. changed is called after the text has
// changed.
func newFinder(p JoinParts, changed func()) *finder {
	f := &finder{parts: p, said: kit.NewProse("", kit.Caption), room: kit.Sized(0, linkHigh, kit.VStack(0))}
	var entry fyne.CanvasObject
	f.entry, entry = kit.NewEntry("192.168.1.20", func(string) {
		changed()
		f.show()
	})
	f.again = kit.NewLink(words.Say("Look again"), f.look)
	choice, choices := kit.NewSelect(nil, func(string) { f.take(f.choice.SelectedIndex()) })
	f.choice, f.choices = choice, kit.Sized(0, kit.ControlHigh, choices)
	f.choice.PlaceHolder = words.Say("Choose one")
	f.object = kit.VStack(3, kit.Sized(0, kit.ControlHigh, entry), kit.Spread(12, kit.VStack(0, f.said), f.again, f.room), f.choices)
	f.paint()
	return f
}

// look looks around on the local network, for a few seconds.
func (f *finder) look() {
	f.stop()
	f.looking = true
	f.show()
	f.end = f.parts.Saver.Post(func(ctx context.Context) func() {
		found, err := f.parts.Office.Look(ctx)
		return func() {
			if ctx.Err() == nil { // otherwise nobody waits for it any more
				f.saw(found, err)
			}
		}
	})
}

// stop ends the present look.
func (f *finder) stop() {
	if f.looking {
		f.looking = false
		f.end()
		f.show()
	}
}

// saw proposes what was found. A network that cannot be looked at has nothing to propose.
func (f *finder) saw(found []core.OfficeFound, err error) {
	f.found, f.looked, f.looking = found, true, false
	f.choice.Options = nil
	for _, o := range found {
		f.choice.Options = append(f.choice.Options, o.Name+", "+usualAddress(o.Address))
	}
	f.choice.ClearSelected()
	if free := f.entry.Text == "" || f.entry.Text == f.proposed; err == nil && len(found) == 1 && free {
		f.take(0)
	}
	f.show()
}

// take puts the address of an office that was found into the entry.
func (f *finder) take(i int) {
	if i >= 0 {
		f.proposed = usualAddress(f.found[i].Address)
		f.entry.SetText(f.proposed)
	}
}

// show says how looking goes.
func (f *finder) show() {
	f.paint()
	f.parts.Resize()
}

func (f *finder) paint() {
	taken := slices.IndexFunc(f.found, func(o core.OfficeFound) bool { return usualAddress(o.Address) == strings.TrimSpace(f.entry.Text) })
	switch {
	case f.looking:
		f.said.Set(words.Say("Looking on this network"))
	case !f.looked:
		f.said.Set(words.Say("Name or number of the computer that receives."))
	case len(f.found) == 0:
		f.said.Set(words.Say("No office found here. Type its address."))
	case taken >= 0:
		f.said.Set(words.Say("Found on this network: %s", f.found[taken].Name))
	default:
		f.said.Set(words.SayN(len(f.found), "%s office found on this network", "%s offices found on this network", explain.Number(len(f.found))))
	}
	SetVisible(f.again, !f.looking)
	SetVisible(f.room, f.looking) // so that what is below stays where it is
	SetVisible(f.choices, !f.looking && (len(f.found) > 1 || len(f.found) == 1 && taken < 0))
}

func (f *finder) setEnabled(on bool) {
	SetEnabled(f.entry, on)
	SetEnabled(f.again, on)
	SetEnabled(f.choice, on)
}

// usualAddress is an address without the port that an office has as a rule.
func usualAddress(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err == nil && port == strconv.Itoa(office.Port) {
		return host
	}
	return address
}
