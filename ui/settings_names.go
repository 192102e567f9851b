package ui

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// namesCard says how many names there are, and takes and gives whole lists.
type namesCard struct {
	object *fyne.Container
	do     settingsActions
	count  *kit.Prose
	export *kit.Button
	result *kit.Prose // of the last export

	onLayout func()
}

func newNamesCard(do settingsActions, onLayout func()) *namesCard {
	c := &namesCard{do: do, count: kit.NewProse("", kit.Body), result: newTrouble(), onLayout: onLayout}
	c.export = kit.NewButton(say("Export names"), assets.Export, func() { do.exportNames(c.exported) })
	c.object = newTitledCard(say("Names"),
		c.count,
		kit.NewProse(say("AppFolio may send only ids. Name a lease, tenant, property, unit or vendor where its details are shown, or all at once from a spreadsheet saved as CSV."), kit.Caption),
		kit.HStack(8, kit.NewButton(say("Import names"), nil, do.importNames), c.export),
		c.result,
	)
	return c
}

func (c *namesCard) show(p settingsPage) {
	counted := namesCounted(p.names)
	setEnabled(c.export, counted != "")
	if counted == "" {
		c.count.Set(say("You have given no names yet."))
	} else {
		c.count.Set(say("%s.", counted))
	}
	kit.Relayout(c.object)
}

// namesCounted is "2 leases, 1 vendor"; empty while nothing is named.
func namesCounted(names *core.NameTable) string {
	var parts []string
	for _, kind := range core.NameKinds() {
		if n := names.Given(kind); n > 0 {
			parts = append(parts, kindCounted(kind, n))
		}
	}
	return joined(parts...)
}

func kindCounted(kind core.NameKind, n int) string {
	count := explain.Number(n)
	switch kind {
	case core.NameLease:
		return sayN(n, "%s lease", "%s leases", count)
	case core.NameTenant:
		return sayN(n, "%s tenant", "%s tenants", count)
	case core.NameProperty:
		return sayN(n, "%s property", "%s properties", count)
	case core.NameUnit:
		return sayN(n, "%s unit", "%s units", count)
	case core.NameVendor:
		return sayN(n, "%s vendor", "%s vendors", count)
	}
	return ""
}

func (c *namesCard) exported(path string, err error) {
	if err != nil {
		tell(c.result, err)
	} else {
		c.result.SetStyled(say("Saved as %s.", filepath.Base(path)), kit.Caption)
		c.result.Show()
	}
	kit.Relayout(c.object)
	c.onLayout()
}

// saveNames asks where the names go and writes them.
func (u *UI) saveNames(done func(path string, err error)) {
	choose := dialog.NewFileSave(func(chosen fyne.URIWriteCloser, err error) {
		u.report("choose a file", err)
		if chosen == nil {
			return
		}
		path := filepath.FromSlash(chosen.URI().Path())
		u.report("close the chosen file", chosen.Close()) // the names replace it whole
		u.writeNames(path, done)
	}, u.window)
	choose.SetFileName("Rentbell names.csv")
	choose.Show()
}

func (u *UI) writeNames(path string, done func(path string, err error)) {
	names := u.bell.Names()
	background(u.post, func(ctx context.Context) (string, error) {
		return path, core.WriteFile(ctx, path, func(w io.Writer) error { return core.WriteNames(w, names) })
	}, done)
}
