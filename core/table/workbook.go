package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"rentbell/core"
)

// A workbook is a zip of XML parts (ECMA-376, part 1, SpreadsheetML). Of each part only
// the elements are read that cells are made of, one after the other, so that memory is
// bounded by what a table may hold. excelize, which writes workbooks, would take in all of
// a part, and gives no date as one.

const (
	// Workbook is the Encoding of a table that came as an Excel workbook.
	Workbook Encoding = "xlsx"

	maxUnzipped = 64 << 20  // bytes of all parts that are read: a file of zeros is one of 5 MB, too
	maxTexts    = 1_000_000 // shared texts
	maxStyles   = 65_536    // Excel has 65,490
	maxSheets   = 32        // that are looked into for one with rows
)

// readWorkbook reads the first sheet with values that a workbook shows. The error is
// core.ErrTableTooLarge, or core.ErrWorkbook where the file is none that can be read.
func readWorkbook(file []byte) (Table, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return Table{}, core.ErrWorkbook
	}
	w := workbook{parts: z.File, left: maxUnzipped, relations: map[string]string{}}
	for _, read := range []func() error{w.readSheets, w.readRelations, w.readTexts, w.readStyles} {
		if err := read(); err != nil {
			return Table{}, err
		}
	}
	t := Table{Encoding: Workbook, Separator: '\t'}
	for _, id := range w.sheets[:min(len(w.sheets), maxSheets)] {
		if t.Rows, err = w.readRows(w.relations[id]); err != nil || len(t.Rows) > 0 {
			return t, err
		}
	}
	return t, nil
}

// workbook is a workbook of which some parts were read.
type workbook struct {
	parts     []*zip.File
	left      uint64 // bytes that may still be read
	sheets    []string
	relations map[string]string // parts by their id, and shared texts and styles by their type
	texts     []string
	styles    []style
	date1904  bool // days count from 1904, as on old Macs
}

// open opens a part; nil: there is none.
func (w *workbook) open(name string) (*xmlPart, error) {
	at := slices.IndexFunc(w.parts, func(f *zip.File) bool { return strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) })
	if at < 0 || name == "" {
		return nil, nil
	}
	size := w.parts[at].UncompressedSize64 // package zip reads no more than that
	if size > w.left {
		return nil, core.ErrTableTooLarge
	}
	w.left -= size
	part, err := w.parts[at].Open()
	if err != nil {
		return nil, core.ErrWorkbook // encrypted, or packed in another way
	}
	p := &xmlPart{part, xml.NewDecoder(part)}
	p.tokens.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // all are UTF-8
	return p, nil
}

// each calls use with every element of a part that begins, and with the part, from which
// it may read on.
func (w *workbook) each(name string, use func(*xmlPart, xml.StartElement) error) error {
	p, err := w.open(name)
	if p == nil {
		return err
	}
	defer func() { _ = p.file.Close() }() // it was only read
	for {
		token, err := p.next()
		if token == nil {
			return err
		}
		if begun, begins := token.(xml.StartElement); begins {
			if err := use(p, begun); err != nil {
				return err
			}
		}
	}
}

// xmlPart is a part that is read.
type xmlPart struct {
	file   io.Closer
	tokens *xml.Decoder
}

// next is the next token; nil without an error: the part has ended.
func (p *xmlPart) next() (xml.Token, error) {
	token, err := p.tokens.RawToken()
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, core.ErrWorkbook
	}
	return token, nil
}

// text is the text in an element that has begun, of those parts of it that use names. It
// reads to the element's end.
func (p *xmlPart) text(of xml.StartElement, use ...string) (string, error) {
	var text strings.Builder
	inside := []string{of.Name.Local}
	for len(inside) > 0 {
		token, err := p.next()
		if err != nil || token == nil {
			return "", errors.Join(err, core.ErrWorkbook)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(inside) == deepestXML {
				return "", core.ErrWorkbook
			}
			inside = append(inside, token.Name.Local)
		case xml.EndElement:
			inside = inside[:len(inside)-1]
		case xml.CharData:
			if slices.Contains(use, inside[len(inside)-1]) && !slices.Contains(inside, "rPh") { // which says how the others are read aloud
				text.Write(token)
			}
		}
	}
	return text.String(), nil
}

// deepestXML is how many elements may stand in one another within a cell.
const deepestXML = 16

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

const workbookPart = "xl/workbook.xml"

// readSheets reads which sheets there are and are shown.
func (w *workbook) readSheets() error {
	known := false
	err := w.each(workbookPart, func(_ *xmlPart, e xml.StartElement) error {
		switch known = true; e.Name.Local {
		case "workbookPr":
			w.date1904 = attribute(e, "date1904") == "1" || attribute(e, "date1904") == "true"
		case "sheet":
			if state := attribute(e, "state"); (state == "" || state == "visible") && len(w.sheets) < maxSheets {
				w.sheets = append(w.sheets, relationID(e))
			}
		}
		return nil
	})
	if err == nil && !known {
		return core.ErrWorkbook // another file that is a zip
	}
	return err
}

// relationID is the attribute r:id; beside it may stand another id.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func (w *workbook) readRelations() error {
	return w.each("xl/_rels/workbook.xml.rels", func(_ *xmlPart, e xml.StartElement) error {
		to := attribute(e, "Target")
		if e.Name.Local != "Relationship" || to == "" || attribute(e, "TargetMode") == "External" {
			return nil
		}
		if !path.IsAbs(to) {
			to = path.Join(path.Dir(workbookPart), to)
		}
		to = strings.TrimPrefix(to, "/")
		switch kind := path.Base(attribute(e, "Type")); kind {
		case "worksheet":
			w.relations[attribute(e, "Id")] = to
		case "sharedStrings", "styles":
			w.relations[kind] = to
		}
		return nil
	})
}

func (w *workbook) readTexts() error {
	return w.each(w.relations["sharedStrings"], func(p *xmlPart, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(w.texts) == maxTexts {
			return core.ErrTableTooLarge
		}
		text, err := p.text(e, "t")
		w.texts = append(w.texts, text)
		return err
	})
}
