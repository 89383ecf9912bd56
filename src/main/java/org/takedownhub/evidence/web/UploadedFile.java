package org.takedownhub.evidence.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.takedownhub.api.InvalidRequest;

/**
 * The one file of a {@code multipart/form-data} request (RFC 7578). Read from the request's own stream, which the rules
 * of the API have bounded and may have read already to recognise a repeated request; the servlet's own parts know
 * nothing of that.
 */
final class UploadedFile {

    private static final int MOST_PARTS = 5;

    private UploadedFile() {}

    /** @throws InvalidRequest there is no such file, or it is too large */
    static byte[] read(HttpServletRequest request, String name, int largest) throws IOException {
        FileUpload upload = new FileUpload();
        upload.setFileCountMax(MOST_PARTS);
        try {
            FileItemIterator parts = upload.getItemIterator(new Body(request));
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (!part.isFormField() && name.equals(part.getFieldName())) {
                    return content(part, name, largest);
                }
            }
        } catch (FileUploadException e) {
            throw new InvalidRequest(400, "", "The body is no multipart/form-data: send the file as one");
        }
        throw new InvalidRequest(400, "/" + name, name + " is missing; send the file as a part of this name");
    }

    private static byte[] content(FileItemStream part, String name, int largest) throws IOException {
        try (InputStream stream = part.openStream()) {
            byte[] content = stream.readNBytes(largest + 1);
            if (content.length > largest) {
                throw new InvalidRequest(
                        413,
                        "/" + name,
                        name + " is larger than " + largest / (1024 * 1024) + " MB; send a smaller one");
            }
            return content;
        }
    }

    private record Body(HttpServletRequest request) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return request.getContentType();
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return request.getInputStream();
        }
    }
}
