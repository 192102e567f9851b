package exports

import (
	"path/filepath"
	"strings"

	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// fileForm is the choice of the file.
type fileForm struct {
	dir      string
	proposed string // the last proposed name; a name that differs is the user's own
	exists   bool   // whether the file exists

	name   *kit.Entry
	change *kit.Button
	where  *kit.Prose
}

// path returns the file's path. ok is false if the name is not usable.
func (v *exportView) path() (path string, ok bool) {
	name := strings.TrimSpace(v.name.Text)
	if name == "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
		return "", false
	}
	if ext := v.format.Ext(); !strings.EqualFold(filepath.Ext(name), ext) {
		name += ext
	}
	return filepath.Join(v.dir, name), true
}

// parts returns the number of files, as far as the number of rows is known.
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
