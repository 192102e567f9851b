package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestTunnelOfOnesOwnCountsOnceItsAddressIsSaved(t *testing.T) {
	d := openDesk(t, nil)
	_, card, _ := d.cards(t)
	choose := func(door int) core.Settings {
		card.door.SetSelectedIndex(door)
		d.work.All(t)
		return d.bell.Settings()
	}
	enter := func(label, text string) *field {
		f := card.labelled(t, label)
		f.entry.SetText(text)
		test.Tap(f.saveIt)
		d.work.All(t)
		return f
	}
	if s := choose(1); s.Door != "" || !says(card.object, "Public address") || says(card.object, "ngrok authtoken") || says(card.object, "Local port") {
		t.Fatalf("chosen without an address it saves %q and shows %q", s.Door, uitest.Texts(card.object))
	}
	d.refresh()
	if !says(card.object, "Public address") {
		t.Error("the choice does not last until the address is typed")
	}
	enter("Public address", "bell.oakline.example/")
	if s := d.bell.Settings(); s.Door != core.TunnelManual || s.ManualAddress != "https://bell.oakline.example" || s.ManualPort != 8787 {
		t.Errorf("saved %q, %q, %d", s.Door, s.ManualAddress, s.ManualPort)
	}
	port := card.labelled(t, "Local port")
	test.Tap(port.change)
	if f := enter("Local port", "many"); !strings.HasPrefix(f.caption.Text(), "This is no port") {
		t.Errorf("a port in words: %q", f.caption.Text())
	}
	enter("Local port", "9000")
	if got := d.bell.Settings().ManualPort; got != 9000 || port.value.Text() != "9000" {
		t.Errorf("saved %d, shows %q", got, port.value.Text())
	}
	if s := choose(0); s.Door != core.TunnelNgrok || !says(card.object, "ngrok authtoken") {
		t.Errorf("back to ngrok it saves %q", s.Door)
	}
	if s := choose(1); s.Door != core.TunnelManual {
		t.Errorf("with an address it saves %q", s.Door)
	}
}

func TestAddressIsClosedAfterAskingAndOpenedAgain(t *testing.T) {
	d := openDesk(t, nil)
	_, card, _ := d.cards(t)
	uitest.Tap(t, card.object, "Other ways and networks")
	uitest.Tap(t, card.object, "Close the address")
	if d.bell.Settings().Closed {
		t.Error("it is closed without a question")
	}
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Close the address"))
	d.work.All(t)
	if !d.bell.Settings().Closed || !says(card.object, "Closed by you.") || says(card.object, "Close the address") {
		t.Errorf("closed: %v; says %q", d.bell.Settings().Closed, uitest.Texts(card.object))
	}
	uitest.Tap(t, card.object, "Open the address")
	d.work.All(t)
	if d.bell.Settings().Closed || says(card.object, "Closed by you.") {
		t.Error("it does not open again")
	}
}
