package imports

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core/table"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// fileRow asks for a table, and says what it is once it was read.
type fileRow struct {
	object  *fyne.Container
	name    *kit.Text
	kind    *kit.Chip
	facts   []*kit.Chip // encoding, separator, rows
	chips   *fyne.Container
	reading *kit.Text
	trouble *kit.Prose
}

func newFileRow(choose, paste func()) *fileRow {
	f := &fileRow{
		name: kit.NewText("", kit.Muted).Tight(), kind: kit.NewChip(kit.Good, assets.Verified, ""),
		reading: kit.NewText(words.Say("Reading the table"), kit.Caption), trouble: frame.NewTrouble(),
	}
	f.chips = kit.Flow(6, f.kind)
	for range 3 {
		chip := kit.NewChip(kit.Neutral, nil, "")
		f.facts = append(f.facts, chip)
		f.chips.Add(chip)
	}
	buttons := kit.Lead(8, kit.NewButton(words.Say("Choose file"), assets.Folder, choose),
		kit.NewButton(words.Say("Paste"), assets.Copy, paste), kit.Inset(0, 0, 0, 4, f.name))
	f.object = kit.VStack(9, buttons, f.chips, kit.Sized(0, 22, f.reading), f.trouble)
	return f
}

func (f *fileRow) show(r reading, looking bool) {
	switch {
	case r.source.none():
		f.name.SetStyled(words.Say("No file chosen"), kit.Muted)
	case r.source.pasted:
		f.name.SetStyled(words.Say("From the clipboard"), kit.Body)
	default:
		f.name.SetStyled(r.source.name(), kit.Body)
	}
	frame.SetVisible(f.chips, r.opened)
	frame.SetVisible(f.object.Objects[2], looking && !r.opened)
	frame.Tell(f.trouble, r.trouble)
	if !r.opened {
		return
	}
	f.kind.Set(kit.Good, assets.Verified, formOf(r))
	for i, text := range []string{encodingOf(r), separatorOf(r.sheet), words.SayN(len(r.sheet.Rows), "%s row", "%s rows", explain.Number(len(r.sheet.Rows)))} {
		frame.SetVisible(f.facts[i], text != "")
		f.facts[i].Set(kit.Neutral, nil, text)
	}
}

// formOf says how a table is written. Excel's "Unicode Text" is UTF-16 with tabs.
func formOf(r reading) string {
	wide := r.sheet.Encoding == table.UTF16LE || r.sheet.Encoding == table.UTF16BE
	switch {
	case r.sheet.Encoding == table.Workbook:
		return words.Say("Excel workbook")
	case wide && r.sheet.Separator == '\t', r.source.pasted && r.sheet.Separator == '\t':
		return words.Say("Excel text")
	case r.sheet.Separator == ',' || r.sheet.Separator == ';':
		return words.Say("CSV")
	}
	return words.Say("Text")
}

// encodingOf is empty for the clipboard and for a workbook, whose bytes are no text.
func encodingOf(r reading) string {
	switch {
	case r.source.pasted, r.sheet.Encoding == table.Workbook:
		return ""
	case r.sheet.Encoding == table.UTF16LE || r.sheet.Encoding == table.UTF16BE:
		return "UTF-16"
	case r.sheet.Encoding == table.Windows1252:
		return "Windows-1252"
	}
	return "UTF-8"
}

func separatorOf(s table.Sheet) string {
	switch {
	case len(s.Titles) < 2, s.Encoding == table.Workbook:
		return ""
	case s.Separator == '\t':
		return words.Say("Tab separated")
	case s.Separator == ';':
		return words.Say("Semicolon separated")
	case s.Separator == ',':
		return words.Say("Comma separated")
	}
	return words.Say("Separated by %s", string(s.Separator))
}
