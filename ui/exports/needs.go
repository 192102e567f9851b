package exports

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// needs is the box below the formats: what the chosen one needs. Below it is the number
// of the bank that a qbo file names.
type needs struct {
	object *fyne.Container

	box    *fyne.Container
	first  *kit.Prose
	second *kit.Prose
	bank   *kit.Entry
	number *fyne.Container // holds bank
}

// newNeeds makes the widgets. bid is the number to begin with, and changed is called after
// the user has typed another.
func newNeeds(bid uint, changed func()) *needs {
	n := &needs{first: kit.NewProse("", kit.Body), second: kit.NewProse("", kit.Caption)}
	const icon = 27 // with the gap behind it
	text := frame.Labelled(icon, kit.HStack(0, kit.NewIcon(assets.Info, kit.ColorText2, 18)), kit.VStack(0, n.first, n.second))
	n.box = container.NewStack(kit.NewBox(kit.ColorChip, "", 8), kit.Inset(9, 13, 9, 13, text))
	var bank fyne.CanvasObject
	n.bank, bank = kit.NewEntry(strconv.Itoa(export.DefaultIntuBID), func(string) { changed() })
	if bid == 0 {
		bid = export.DefaultIntuBID
	}
	n.bank.Text = strconv.FormatUint(uint64(bid), 10)
	n.number = kit.Lead(10, kit.NewText(words.Say("Bank number"), kit.Body), kit.Sized(92, kit.ControlHigh, bank),
		kit.NewProse(words.Say("The bank in the file: keep 3000 unless QuickBooks refuses it."), kit.Caption))
	n.object = kit.VStack(6, n.box, n.number)
	return n
}

// show shows what a format needs.
func (n *needs) show(f core.Format, usable bool) {
	first, second := needsWords(f)
	n.first.Set(first)
	n.second.Set(second)
	frame.SetVisible(n.second, second != "")
	frame.SetVisible(n.box, first != "")
	frame.SetVisible(n.number, f == core.FormatQBO)
	frame.SetVisible(n.object, first != "")
	frame.SetEnabled(n.bank, usable)
}

// needsWords returns a sentence on a format, and a second one of less weight. Both may be
// empty.
func needsWords(f core.Format) (first, second string) {
	switch f {
	case core.FormatQuickBooks:
		return words.Say("QuickBooks takes 1,000 rows or 350 KB in one file. More goes into several files."),
			words.Say("It takes no payments of $0.00, so these are left out.")
	case core.FormatXero:
		return words.Say("Xero takes 1,000 rows in one file. More goes into several files."), ""
	case core.FormatXLSX:
		return words.Say("Dates and amounts can be sorted and added up. A second sheet has the totals."), ""
	case core.FormatOFX, core.FormatQBO:
		first = words.Say("Import it into a clearing account, not into the account your bank feed fills.")
		if f == core.FormatQBO {
			return first, words.Say("QuickBooks knows each payment by its own number, so a second import changes nothing.")
		}
		return first, words.Say("Each payment has its own number, so a second import changes nothing.")
	}
	return "", ""
}

// bid returns the number of the bank; 0 is the usual one. ok is false if it is no number of
// a bank.
func (n *needs) bid() (bid uint, ok bool) {
	text := strings.TrimSpace(n.bank.Text)
	if text == "" {
		return 0, true
	}
	number, err := strconv.ParseUint(text, 10, 31)
	if number == export.DefaultIntuBID {
		return 0, true
	}
	return uint(number), err == nil && number > 0
}
