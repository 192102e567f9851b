package exports

import (
	"path/filepath"
	"strings"

	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// fileForm is where the file goes.
type fileForm struct {
	dir    string
	filed  string // the file name Rentbell gave last; a name of the user's own stays
	exists bool   // a file of that name is there

	name   *kit.Entry
	change *kit.Button
	where  *kit.Prose
}

// path is where the file goes; ok is false while it has no proper name.
func (f *fileForm) path() (path string, ok bool) {
	name := strings.TrimSpace(f.name.Text)
	if name == "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
		return "", false
	}
	if !strings.EqualFold(filepath.Ext(name), ".csv") {
		name += ".csv"
	}
	return filepath.Join(f.dir, name), true
}

// parts is how many files there will be, as far as the rows tell.
func (v *exportView) parts() int {
	limit := export.RowLimit(v.format)
	if limit == 0 || !v.known {
		return 1
	}
	return max(1, (v.found.Count+limit-1)/limit)
}

func (v *exportView) whereWords() string {
	if _, ok := v.path(); !ok {
		return words.Say("A file name has no slashes and does not begin with a dot.")
	}
	replaced := ""
	switch {
	case !v.exists || v.stage != choosing:
	case v.parts() > 1:
		replaced = words.Say("Files of this name are replaced.")
	default:
		replaced = words.Say("The file of this name is replaced.")
	}
	folder := words.FolderName(v.dir)
	if more := words.Paragraph(v.splitNote(), replaced); more != "" {
		return words.Say("%s. %s", folder, more)
	}
	return folder
}

// splitNote says why there will be several files.
func (v *exportView) splitNote() string {
	limit := export.RowLimit(v.format)
	if limit == 0 || !v.known || v.found.Count <= limit {
		return ""
	}
	return words.Say("In several files, since %s takes %s rows at a time.", words.FormatName(v.format), explain.Number(limit))
}
