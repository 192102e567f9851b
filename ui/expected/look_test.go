package expected

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestExpectedLooks(t *testing.T) {
	for name, look := range map[string]kit.Appearance{"expected": kit.Light, "expected_dark": kit.Dark} {
		s := newStage(t, rents(), kit.Theme{Appearance: look, Still: true}, usual)
		uitest.TapText(t, s.window, "Devon Park")
		uitest.Looks(t, name, s.window)
	}
}

func TestExpectedLooksInASmallWindow(t *testing.T) {
	s := newStage(t, rents(), kit.Theme{Appearance: kit.Light, Still: true}, small)
	uitest.Looks(t, "expected_small", s.window)
}

func TestChangingARentLooks(t *testing.T) {
	s := newStage(t, rents(), kit.Theme{Appearance: kit.Light, Still: true}, usual)
	uitest.TapText(t, s.window, "Devon Park")
	uitest.TapText(t, s.window, "Change")
	uitest.LooksDialog(t, "change", s.window)
}

func TestBarsLookApartWhateverCame(t *testing.T) {
	fyne.CurrentApp().Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	months := func(rent core.Cents, came ...core.Cents) (list []core.LeaseMonth) {
		for i, c := range came {
			l := leaseOf("1", "", "", "", rent, c, core.RentPaid)
			l.Month = june.Add(i - 5)
			list = append(list, l)
		}
		return list
	}
	w := fyne.CurrentApp().NewWindow("")
	t.Cleanup(w.Close)
	w.SetContent(container.NewStack(kit.NewBox(kit.ColorSurface, "", 0), kit.Inset(20, 20, 20, 20, kit.VStack(24,
		newBars(months(1395_00, 1395_00, 1380_00, 1390_50, 2790_00, 0, 1400_00)),
		newBars(months(0, 640_00, 640_00, 655_25, 0, 1280_00, 640_00)),
		newBars(months(12_395_00, 12_395_00, 0, 12_000_00, 11_900_00, 12_395_00, 995_00)),
	))))
	w.Resize(fyne.NewSize(316, 470))
	uitest.Looks(t, "bars", w)
}

func TestAMonthSheetThatIsOpenLooks(t *testing.T) {
	s := newStage(t, rents(), kit.Theme{Appearance: kit.Light, Still: true}, usual)
	uitest.TapText(t, s.window, "Devon Park")
	s.ShowSheet()
	s.tell(frame.Saved{Text: "The month sheet of June 2026 is open in your browser, to print or to save as PDF.", Show: func() {}})
	uitest.LooksAt(t, "expected_sheet", s.window, s.Body.Objects[0])
}
