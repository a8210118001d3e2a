-- Pandoc makes nothing of a book whose cover is not there.
function Meta(meta)
  meta["cover-image"] = nil
  return meta
end
